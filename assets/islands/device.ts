// Keeps the coming two weeks on the device, and says how that stands: kept when, or cut off from the network.
import { say } from './say'

/** Asks for what is to be kept and lets the worker keep it; says on the page how that went. */
export async function keepOnDevice(): Promise<void> {
  const line = document.querySelector<HTMLElement>('[data-keep]')
  if (!('serviceWorker' in navigator)) return
  await navigator.serviceWorker.register('/service-worker.js').catch(() => undefined)
  if (!line) return
  showTheDay()
  let answer
  try {
    answer = await fetch(`/today/kept.json${location.search}`, { headers: { accept: 'application/json' } })
  } catch {
    return cutOff(line)
  }
  if (!answer.ok) return
  // What stands here was kept; now the server answers again.
  if (line.dataset.kept === 'no') return location.reload()
  try {
    const list: unknown = await answer.json()
    const at = await kept((await navigator.serviceWorker.ready).active, list)
    line.dataset.kept = 'yes'
    line.textContent = say(`De kommande två veckorna kan läsas utan nät. Sparat ${clock(at)}.`, `The coming two weeks can be read without a network. Kept ${clock(at)}.`)
  } catch (error) {
    console.warn(error)
    line.textContent = say('Sidorna kunde inte sparas på enheten den här gången.', 'The pages could not be kept on the device this time.')
  }
}

/** Without a network the page says so; what it shows is what was kept. */
function cutOff(line: HTMLElement): void {
  if (line.dataset.kept) return
  line.dataset.kept = 'no'
  line.classList.add('cut')
  line.textContent = say('Inget nät. Det här är vad som sparats på enheten.', 'No network. This is what was kept on the device.')
}

function kept(worker: ServiceWorker | null, list: unknown): Promise<number> {
  return new Promise((done, failed) => {
    if (!worker) return failed(new Error('no worker'))
    const channel = new MessageChannel()
    channel.port1.onmessage = ({ data }: MessageEvent<{ at?: number; error?: string }>) =>
      data.at === undefined ? failed(new Error(data.error)) : done(data.at)
    worker.postMessage(list, [channel.port2])
  })
}

// A page that was kept some days ago still says which day it is.
function showTheDay(): void {
  const now = new Date()
  const today = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
  const days = [...document.querySelectorAll<HTMLElement>('[data-day]')]
  const first = days[0]?.dataset.day
  if (!first || first >= today || !days.some((day) => (day.dataset.day ?? '') >= today)) return
  for (const day of days) {
    const relative = day.querySelector<HTMLElement>('[data-relative]')
    if (relative) relative.hidden = true
    day.classList.toggle('over', (day.dataset.day ?? '') < today)
  }
}

function clock(at: number): string {
  const time = new Date(at)
  return `${two(time.getHours())}:${two(time.getMinutes())}`
}

function two(number: number): string {
  return `${number}`.padStart(2, '0')
}
