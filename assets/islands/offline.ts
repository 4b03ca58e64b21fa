// What pages of the day and of meetings carry: they are kept on the device, and what is written there waits until it can be sent.
import { keepOnDevice } from './device'
import { takeForms } from './forms'
import { send } from './send'
import { showUnsent } from './unsent'

const { person } = document.body.dataset

async function sendWaiting(of: string): Promise<void> {
  await showUnsent(of)
  if (document.documentElement.dataset.unsent === '0') return
  const { how } = await send(of)
  await showUnsent(of, how)
}

if (person) {
  takeForms(person)
  // What waits goes first: the pages that are kept after that already know of it.
  void sendWaiting(person).then(keepOnDevice)
  window.addEventListener('online', () => void sendWaiting(person).then(keepOnDevice))
}
