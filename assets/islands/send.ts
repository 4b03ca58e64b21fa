// Sends what waits, in order, one page at a time: an operation leaves the device only against the server's receipt.
import { refuse, release, waitingOf } from './queue'

export interface Receipt {
  id: string
  state: 'taken' | 'clash' | 'refused' | 'later'
  code: string
  message: string
}
export interface Sent {
  /** `cut`: no network; `stranger`: nobody or somebody else is signed in. */
  how: 'sent' | 'cut' | 'stranger'
  receipts: Receipt[]
}

const AT_ONCE = 20

export function send(person: string): Promise<Sent> {
  return navigator.locks.request('spelplan-send', () => sendAll(person))
}

async function sendAll(person: string): Promise<Sent> {
  const receipts: Receipt[] = []
  const waiting = (await waitingOf(person)).filter((one) => !one.refused)
  for (let from = 0; from < waiting.length; from += AT_ONCE) {
    const part = waiting.slice(from, from + AT_ONCE)
    let answer
    try {
      answer = await fetch('/api/operations', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ person, operations: part.map((one) => one.operation) }),
      })
    } catch {
      return { how: 'cut', receipts }
    }
    if ([401, 403, 409].includes(answer.status)) return { how: 'stranger', receipts }
    if (!answer.ok) return { how: 'cut', receipts }
    const told = (await answer.json()) as { receipts: Receipt[] }
    for (const receipt of told.receipts) {
      if (receipt.state === 'later') continue
      if (receipt.state === 'refused') await refuse(receipt.id, { code: receipt.code, message: receipt.message })
      else await release(receipt.id)
      receipts.push(receipt)
    }
  }
  return { how: 'sent', receipts }
}
