// Keeps the pages of a PAM's next two weeks on the device. Online every page comes from the server and never from here; only where the
// network is cut does the kept one answer. What is kept is one person's: whoever signs out or reads as somebody else takes it all away.

interface Kept {
  person: string
  pages: string
  at: number
}
interface Late extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface Asked extends Late {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
interface Told extends Late {
  readonly data: { person: string; mark: string; pages: string[] }
  readonly ports: readonly MessagePort[]
}
interface Worker {
  addEventListener(name: 'install' | 'activate', does: (event: Late) => void): void
  addEventListener(name: 'fetch', does: (event: Asked) => void): void
  addEventListener(name: 'message', does: (event: Told) => void): void
  skipWaiting(): Promise<void>
  readonly clients: { claim(): Promise<void> }
}

const worker = self as unknown as Worker
const STATE = 'spelplan-state'
const ASSETS = 'spelplan-assets'
const PAGES = 'spelplan-pages-'
const PERSON = 'spelplan-person'
// Pages fetched at the same time: the server has others to answer.
const AT_ONCE = 3
// Whoever passes these leaves: nothing that is kept may outlive it.
const LEAVING = ['/sign-out', '/account/sign-out-everywhere', '/account/password', '/demo/look-as', '/demo/clear']

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()))
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()))
worker.addEventListener('message', (event) => {
  const answer = (words: unknown) => event.ports[0]?.postMessage(words)
  event.waitUntil(inTurn(event.data).then((kept) => answer({ at: kept.at }), (error: unknown) => answer({ error: `${error}` })))
})
worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (origin !== location.origin) return
  if (request.method === 'GET' && pathname.startsWith('/assets/')) event.respondWith(asset(request))
  else if (request.mode !== 'navigate' || pathname.startsWith('/import')) return
  else if (request.method === 'GET') event.respondWith(page(request))
  else event.respondWith(form(request, pathname))
})

async function page(request: Request): Promise<Response> {
  let answer
  try {
    answer = await fetch(request)
  } catch {
    return (await keptPage(request.url)) ?? notHere()
  }
  const state = await read()
  if (state && answer.ok && answer.headers.get(PERSON) !== state.person) await forget()
  return answer
}

async function form(request: Request, pathname: string): Promise<Response> {
  if (LEAVING.includes(pathname)) await forget()
  return fetch(request).catch(() => notHere())
}

async function asset(request: Request): Promise<Response> {
  const kept = await (await caches.open(ASSETS)).match(request.url)
  return kept ?? fetch(request)
}

async function keptPage(url: string): Promise<Response | undefined> {
  const state = await read()
  if (!state) return undefined
  const pages = await caches.open(state.pages)
  const plain = new URL(url)
  plain.hash = ''
  plain.searchParams.delete('lang')
  return (await pages.match(plain.href)) ?? (await pages.match(plain.href, { ignoreSearch: true }))
}

// One list at a time, in the order they came: two at once would take each other's pages away.
let turn: Promise<unknown> = Promise.resolve()
// Grows whenever what is kept must go: what is being fetched meanwhile is nobody's then.
let leavings = 0

function inTurn(list: Told['data']): Promise<Kept> {
  const of = leavings
  const next = turn.then(() => keep(list, of))
  turn = next.catch(() => undefined)
  return next
}

// All of the new pages are there before the old ones go: a half list is worse than yesterday's.
async function keep({ person, mark, pages }: Told['data'], of: number): Promise<Kept> {
  const name = `${PAGES}${person}-${mark}`
  const known = await read()
  if (known?.pages === name) return known
  const [cache, assets] = [await caches.open(name), await caches.open(ASSETS)]
  const wanted = new Set<string>()
  const waiting = [...pages]
  const bring = async () => {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const answer = await fetch(path, { cache: 'no-store' })
      if (answer.headers.get(PERSON) !== person || answer.redirected) throw new Error(`${path} was answered for somebody else`)
      if (!answer.ok) continue
      const text = await answer.clone().text()
      for (const [found] of text.matchAll(/\/assets\/[^"]+\.(?:js|css|svg|png)/g)) wanted.add(found)
      await cache.put(new URL(path, location.origin).href, answer)
    }
  }
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, bring))
    for (const path of wanted) await keepAsset(assets, path, wanted)
    if (leavings !== of) throw new Error('somebody left meanwhile')
  } catch (error) {
    await caches.delete(name)
    throw error
  }
  const kept = { person, pages: name, at: Date.now() }
  await (await caches.open(STATE)).put('/kept', new Response(JSON.stringify(kept)))
  await forgetPages(name)
  for (const old of await assets.keys()) if (!wanted.has(new URL(old.url).pathname)) await assets.delete(old)
  return kept
}

// A script's parts are named in it; those that were not met in a page are added to what is wanted.
async function keepAsset(assets: Cache, path: string, wanted: Set<string>): Promise<void> {
  const kept = await assets.match(path)
  const answer = kept ?? (await fetch(path))
  if (!answer.ok) return
  if (!kept) await assets.put(path, answer.clone())
  if (!path.endsWith('.js')) return
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  for (const [, part] of (await answer.text()).matchAll(/["']\.\/(part-[\w-]+\.js)["']/g)) wanted.add(`${folder}${part}`)
}

async function read(): Promise<Kept | undefined> {
  const kept = await (await caches.open(STATE)).match('/kept')
  return kept ? ((await kept.json()) as Kept) : undefined
}

async function forget(): Promise<void> {
  leavings += 1
  await caches.delete(STATE)
  await forgetPages('')
}

async function forgetPages(except: string): Promise<void> {
  for (const name of await caches.keys()) if (name.startsWith(PAGES) && name !== except) await caches.delete(name)
}

function notHere(): Response {
  const sv = navigator.language.startsWith('sv')
  const [title, what, today] = sv
    ? ['Inget nät', 'Sidan finns inte på den här enheten. Gå tillbaka: det du skrev står kvar. Dagens besök, möten och underlag kan läsas utan nät när du är inloggad.', 'Till i dag']
    : ['No network', 'The page is not on this device. Go back: what you wrote is still there. Visits, meetings and briefings of the day can be read without a network while you are signed in.', 'To today']
  const page = `<!doctype html><html lang="${sv ? 'sv' : 'en'}"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${title} · Spelplan</title><style>body{font:16px/1.5 system-ui,sans-serif;max-width:34em;margin:15vh auto;padding:0 20px}a{display:inline-block;padding:10px 0}</style><main><h1>${title}</h1><p>${what}</p><p><a href="/today">${today}</a></p></main></html>`
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'" }
  return new Response(page, { status: 503, headers })
}
