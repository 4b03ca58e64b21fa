// The trip board: its map, and visits that are moved by mouse, finger or keys. Every move sends the page's own form, so that
// what a script does and what a form does is the same.
import { readyTrips } from './trips'

const FARTHEST_CLICK = 6

interface Slot {
  day: string
  position: number
  before: Element | null
  list: HTMLElement
}

const board = document.querySelector<HTMLElement>('#board')
if (board) {
  keepPlace()
  for (const handle of board.querySelectorAll<HTMLElement>('[data-handle]')) ready(board, handle)
}
void readyTrips()

function ready(board: HTMLElement, handle: HTMLElement): void {
  const stop = handle.closest<HTMLElement>('.board-stop')
  if (!stop) return
  handle.addEventListener('pointerdown', (event) => drag(board, stop, handle, event))
  handle.addEventListener('keydown', (event) => keys(board, stop, handle, event))
}

// By mouse and finger: the visit follows the pointer, a mark shows where it would go.
function drag(board: HTMLElement, stop: HTMLElement, handle: HTMLElement, down: PointerEvent): void {
  if (down.button !== 0) return
  down.preventDefault()
  handle.focus()
  handle.setPointerCapture(down.pointerId)
  let ghost: HTMLElement | undefined
  let slot: Slot | undefined
  const move = (event: PointerEvent) => {
    const [dx, dy] = [event.clientX - down.clientX, event.clientY - down.clientY]
    if (!ghost && Math.hypot(dx, dy) < FARTHEST_CLICK) return
    ghost ??= lift(stop)
    ghost.style.transform = `translate(${event.clientX}px, ${event.clientY}px)`
    scrollAtEdge(event.clientY)
    slot = slotAt(board, stop, event.clientX, event.clientY)
    mark(board, slot)
  }
  const end = (event: PointerEvent) => {
    handle.removeEventListener('pointermove', move)
    handle.removeEventListener('pointerup', end)
    handle.removeEventListener('pointercancel', end)
    ghost?.remove()
    stop.removeAttribute('data-lifted')
    mark(board, undefined)
    if (event.type === 'pointerup' && slot && ghost) drop(stop, slot)
  }
  handle.addEventListener('pointermove', move)
  handle.addEventListener('pointerup', end)
  handle.addEventListener('pointercancel', end)
}

function lift(stop: HTMLElement): HTMLElement {
  const ghost = document.createElement('div')
  ghost.className = 'ghost'
  ghost.textContent = stop.querySelector('.whom a')?.textContent ?? ''
  document.body.append(ghost)
  stop.setAttribute('data-lifted', '')
  return ghost
}

function scrollAtEdge(y: number): void {
  const edge = 60
  if (y < edge) window.scrollBy(0, -14)
  else if (y > innerHeight - edge) window.scrollBy(0, 14)
}

// The place among a day's visits that lies under the pointer.
function slotAt(board: HTMLElement, stop: HTMLElement, x: number, y: number): Slot | undefined {
  const days = [...board.querySelectorAll<HTMLElement>('[data-open]')]
  const day = days.find((one) => {
    const box = one.getBoundingClientRect()
    return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom
  })
  const list = day?.querySelector<HTMLElement>('.board-stops')
  if (!day || !list) return undefined
  const others = stops(list, stop)
  const at = others.findIndex((one) => {
    const box = one.getBoundingClientRect()
    return y < box.top + box.height / 2
  })
  return slotOf(day, list, others, at < 0 ? others.length : at)
}

function stops(list: Element, but: Element): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>('.board-stop')].filter((one) => one !== but)
}

function slotOf(day: HTMLElement, list: HTMLElement, others: HTMLElement[], position: number): Slot {
  const before = others[position] ?? list.querySelector('.drive.end')
  return { day: day.dataset['day'] ?? '', position, before, list }
}

function mark(board: HTMLElement, slot: Slot | undefined): void {
  for (const old of board.querySelectorAll('.slot')) old.remove()
  for (const day of board.querySelectorAll('[data-over]')) day.removeAttribute('data-over')
  if (!slot) return
  const line = document.createElement('li')
  line.className = 'slot'
  line.setAttribute('aria-hidden', 'true')
  slot.list.insertBefore(line, slot.before)
  slot.list.closest('[data-day]')?.setAttribute('data-over', '')
}

function drop(stop: HTMLElement, slot: Slot): void {
  const same = slot.day === stop.dataset['on']
  const list = stop.parentElement
  if (same && list && [...list.querySelectorAll('.board-stop')].indexOf(stop) === slot.position) return
  send(stop, { change: 'move', to: slot.day, position: String(slot.position) })
}

// By keys: space lifts and drops, arrows choose the place, M opens the menu, L locks or lets go.
function keys(board: HTMLElement, stop: HTMLElement, handle: HTMLElement, event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const lifted = stop.hasAttribute('data-lifted')
  const act = keyed(board, stop, handle, event.key, lifted)
  if (!act) return
  event.preventDefault()
  event.stopPropagation()
  act()
}

function keyed(board: HTMLElement, stop: HTMLElement, handle: HTMLElement, key: string, lifted: boolean): (() => void) | undefined {
  const put = () => {
    const slot = chosen
    giveUp(board, stop, handle)
    if (slot) drop(stop, slot)
  }
  if (lifted) {
    const steps: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
    const step = steps[key]
    if (step) return () => choose(board, stop, step[0], step[1])
    if (key === ' ' || key === 'Enter') return put
    if (key === 'Escape') return () => (giveUp(board, stop, handle), say(board.dataset['givenUp'] ?? ''))
    return undefined
  }
  if (key === ' ' || key === 'Enter') return () => pickUp(board, stop, handle)
  if (key === 'm') return () => openMenu(stop)
  if (key === 'l') return () => send(stop, { change: 'fix', fixedness: stop.dataset['fixedness'] === 'locked' ? 'suggested' : 'locked' })
  return undefined
}

let chosen: Slot | undefined

function pickUp(board: HTMLElement, stop: HTMLElement, handle: HTMLElement): void {
  stop.setAttribute('data-lifted', '')
  handle.setAttribute('aria-pressed', 'true')
  handle.addEventListener('blur', () => giveUp(board, stop, handle), { once: true })
  const day = stop.closest<HTMLElement>('[data-day]')
  const list = stop.parentElement
  if (day && list) chosen = slotOf(day, list, stops(list, stop), [...list.querySelectorAll('.board-stop')].indexOf(stop))
  mark(board, chosen)
  say(`${handle.getAttribute('aria-label') ?? ''} ${board.dataset['lifted'] ?? ''}`)
}

function giveUp(board: HTMLElement, stop: HTMLElement, handle: HTMLElement): void {
  stop.removeAttribute('data-lifted')
  handle.removeAttribute('aria-pressed')
  chosen = undefined
  mark(board, undefined)
}

function choose(board: HTMLElement, stop: HTMLElement, days: number, places: number): void {
  const open = [...board.querySelectorAll<HTMLElement>('[data-open]')]
  const now = open.findIndex((day) => day.dataset['day'] === chosen?.day)
  const day = open[Math.min(Math.max(now + days, 0), open.length - 1)]
  const list = day?.querySelector<HTMLElement>('.board-stops')
  if (!day || !list) return
  const others = stops(list, stop)
  const position = Math.min(Math.max((chosen?.position ?? 0) + places, 0), others.length)
  chosen = slotOf(day, list, others, position)
  mark(board, chosen)
  day.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  say(`${day.dataset['name'] ?? ''}, ${board.dataset['place'] ?? ''} ${position + 1}`)
}

function openMenu(stop: HTMLElement): void {
  const menu = stop.querySelector<HTMLDetailsElement>('.stop-menu')
  if (!menu) return
  menu.open = true
  menu.querySelector<HTMLElement>('select[name=to]')?.focus()
}

function say(words: string): void {
  const place = document.querySelector('#said')
  if (place) place.textContent = words
}

function send(stop: HTMLElement, fields: Record<string, string>): void {
  const form = document.querySelector<HTMLFormElement>('#drop')
  if (!form) return
  const all: Record<string, string> = { partner: stop.dataset['partner'] ?? '', day: stop.dataset['on'] ?? '', ...fields }
  for (const [name, value] of Object.entries(all)) {
    const field = form.elements.namedItem(name)
    if (field instanceof HTMLInputElement) field.value = value
  }
  form.requestSubmit()
}

// After a change the board comes back where the reader stood.
function keepPlace(): void {
  const key = 'board-place'
  const kept = sessionStorage.getItem(key)
  sessionStorage.removeItem(key)
  if (kept) window.scrollTo(0, Number(kept))
  document.addEventListener('submit', (event) => {
    if (event.target instanceof HTMLFormElement && event.target.method === 'post') sessionStorage.setItem(key, String(scrollY))
  })
}
