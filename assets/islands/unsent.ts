// Shows what waits: how much, what, and why the server said no, with a way to change it and a way to let go of it.
import { release, waitingOf, type Waiting } from './queue'
import { say } from './say'
import type { Sent } from './send'

const KINDS: Record<string, [string, string]> = {
  outcome: ['utfall', 'outcome'],
  promise: ['löfte', 'promise'],
  end: ['inställt eller uteblivet möte', 'meeting called off or missed'],
  time: ['rättad tid', 'corrected time'],
  rating: ['betyg', 'rating'],
}

/** Draws the list anew; on pages without one it only counts in the title of the menu's first line. */
export async function showUnsent(person: string, how?: Sent['how']): Promise<void> {
  const waiting = await waitingOf(person)
  document.documentElement.dataset.unsent = `${waiting.length}`
  mark(waiting.length)
  const section = document.querySelector<HTMLElement>('section[data-unsent]')
  if (!section) return
  section.hidden = waiting.length === 0
  const heading = section.querySelector('h2')
  if (heading) heading.textContent = `${waiting.length} ${say(waiting.length === 1 ? 'osänd' : 'osända', 'unsent')}${reason(how)}`
  section.querySelector('ul')?.replaceChildren(...waiting.map((one) => line(one, person)))
}

function reason(how?: Sent['how']): string {
  if (how === 'stranger') return say(' – logga in för att skicka', ' – sign in to send')
  return how === 'cut' ? say(' – skickas när nätet är tillbaka', ' – sent when the network is back') : ''
}

function line(one: Waiting, person: string): HTMLLIElement {
  const item = document.createElement('li')
  const kind = KINDS[one.operation.kind]
  const what = document.createElement('span')
  what.append(strong(one.title), ` ${kind ? say(...kind) : one.operation.kind} · ${new Date(one.at).toLocaleString(document.documentElement.lang, { dateStyle: 'short', timeStyle: 'short' })}`)
  item.append(what)
  const ends = document.createElement('span')
  ends.className = 'ends'
  if (one.refused) {
    const no = document.createElement('p')
    no.className = 'no'
    no.textContent = `${one.refused.code} ${one.refused.message}`
    item.append(no)
    const change = document.createElement('a')
    change.className = 'button small'
    change.href = one.operation.kind === 'end' || one.operation.kind === 'promise' ? `/meetings/${one.operation.meeting}` : `/meetings/${one.operation.meeting}/log`
    change.textContent = say('Ändra', 'Change')
    ends.append(change)
  }
  const drop = document.createElement('button')
  drop.className = 'small'
  drop.textContent = say('Ta bort', 'Remove')
  drop.addEventListener('click', () => {
    if (!confirm(say('Ta bort det osända? Det finns ingen annanstans.', 'Remove what is unsent? It exists nowhere else.'))) return
    void release(one.id).then(() => showUnsent(person))
  })
  ends.append(drop)
  item.append(ends)
  return item
}

function strong(words: string): HTMLElement {
  const name = document.createElement('strong')
  name.textContent = words
  return name
}

// The menu's line of today carries the number wherever one is.
function mark(number: number): void {
  const place = document.querySelector('.menu a[href="/today"] span')
  if (!place) return
  place.querySelector('.waits')?.remove()
  if (number === 0) return
  const badge = document.createElement('b')
  badge.className = 'waits'
  badge.textContent = ` ${number}`
  badge.title = say('osända', 'unsent')
  place.append(badge)
}
