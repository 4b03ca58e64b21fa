// Forms about meetings that can be written without a network: what they say is kept on the device first and sent after that, so that
// neither a dead battery nor a failed send loses a word.
import { freeLine, lines, offerPromises } from './promises'
import { wait, waitingOf, type Operation, type Waiting } from './queue'
import { say } from './say'
import { send } from './send'
import { showUnsent } from './unsent'

export function takeForms(person: string): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-operation]')) {
    offerPromises(form)
    void fillIn(form, person)
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      void written(form, event.submitter, person)
    })
  }
}

async function written(form: HTMLFormElement, submitter: HTMLElement | null, person: string): Promise<void> {
  const operation = read(form, submitter)
  await wait({ id: operation.id, person, at: Date.now(), title: form.dataset.title ?? '', operation }, form.dataset.earlier)
  form.dataset.earlier = operation.id
  void navigator.storage.persist()
  const { how, receipts } = await send(person)
  await showUnsent(person, how)
  const receipt = receipts.find((one) => one.id === operation.id)
  if (receipt?.state === 'refused') return tell(form, 'failed', `${receipt.code} ${receipt.message}`)
  if (!receipt) return tell(form, 'passed', say('Sparat på enheten. Det skickas när nätet är tillbaka.', 'Kept on the device. It is sent when the network is back.'))
  const back = form.querySelector<HTMLInputElement>('[name=back]')?.value ?? `/meetings/${operation.meeting}`
  if (back === location.pathname + location.search) location.reload()
  else location.assign(back)
}

function tell(form: HTMLFormElement, how: 'passed' | 'failed', words: string): void {
  const line = form.querySelector<HTMLElement>(':scope > .verdict') ?? document.createElement('p')
  line.className = `verdict ${how}`
  line.setAttribute('role', how === 'failed' ? 'alert' : 'status')
  line.textContent = words
  form.prepend(line)
  line.scrollIntoView({ block: 'nearest' })
}

// What was written about this meeting and has not been taken in stands in its form again.
async function fillIn(form: HTMLFormElement, person: string): Promise<void> {
  const { operation, meeting } = form.dataset
  const mine = (one: Waiting) => one.operation.kind === operation && `${one.operation.meeting}` === meeting
  const earlier = (await waitingOf(person)).filter(mine).at(-1)
  if (!earlier || operation === 'promise') return
  form.dataset.earlier = earlier.id
  for (const [name, value] of Object.entries(earlier.operation)) {
    if (typeof value !== 'string' && typeof value !== 'number') continue
    for (const field of form.querySelectorAll<HTMLInputElement>(`[name="${CSS.escape(name)}"]:not([type=hidden])`)) {
      if (field.type === 'radio') field.checked = field.value === `${value}`
      else field.value = `${value}`
    }
  }
  fillPromises(form, earlier.operation)
  if (earlier.refused) tell(form, 'failed', `${earlier.refused.code} ${earlier.refused.message}`)
  else tell(form, 'passed', say('Väntar på att skickas. Ändra här om det blev fel.', 'Waits to be sent. Change it here if it went wrong.'))
}

function fillPromises(form: HTMLFormElement, { commitments }: Operation): void {
  if (!Array.isArray(commitments)) return
  for (const one of commitments as Record<string, string>[]) {
    const same = (line: HTMLElement) => line.querySelector<HTMLInputElement>('[name=what]')?.value === one.what
    const line = lines(form).find(same) ?? freeLine(form, one.side ?? '')
    for (const name of ['who', 'what', 'by', 'trigger']) {
      const field = line?.querySelector<HTMLInputElement>(`[name=${name}]`)
      if (field) field.value = one[name] ?? ''
    }
  }
}

function read(form: HTMLFormElement, submitter: HTMLElement | null): Operation {
  const said = new FormData(form, submitter)
  const word = (name: string) => `${said.get(name) ?? ''}`.trim()
  const { operation: kind = '', meeting = '', side = '', who = '', what = '' } = form.dataset
  const head = { id: crypto.randomUUID(), kind, meeting: Number(meeting), version: Number(word('version')), made_at: new Date().toISOString() }
  switch (kind) {
    case 'outcome':
      return { ...head, reached: word('reached'), words: word('words'), next_step: word('next_step'), commitments: promises(said) }
    case 'promise':
      return { ...head, side, who, what, done: word('kept') === '1' ? today() : null }
    case 'end':
      return { ...head, step: word('step'), reason: word('reason') }
    case 'time':
      return { ...head, begins: word('begins'), length: Number(word('length')) }
    default:
      return { ...head, useful: Number(word('useful')), prepared: Number(word('prepared')), trust: Number(word('trust')) }
  }
}

function promises(said: FormData): Record<string, string>[] {
  const all = (name: string) => said.getAll(name).map((value) => `${value}`.trim())
  const [sides, whos, whats, days, triggers] = [all('side'), all('who'), all('what'), all('by'), all('trigger')]
  const lines = whats.map((what, n) => ({ side: sides[n] ?? '', who: whos[n] ?? '', what, by: days[n] ?? '', trigger: triggers[n] ?? '' }))
  return lines.filter((line) => line.what || line.trigger)
}

function today(): string {
  const now = new Date()
  return `${now.getFullYear()}-${`${now.getMonth() + 1}`.padStart(2, '0')}-${`${now.getDate()}`.padStart(2, '0')}`
}
