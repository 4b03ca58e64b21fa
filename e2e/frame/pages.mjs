// Every page there is, found by following the product's own links, and how to know that one has come to rest.

/** Addresses of every page of a database with partners and a plan. */
export async function everyPage(page, address) {
  await page.goto(`${address}/open-goals`)
  const partner = await page.locator('table.goals a[href^="/partners/"]').first().getAttribute('href')
  return [
    '/today',
    '/open-goals',
    '/open-goals?show=all&sort=name',
    '/map',
    '/potential',
    '/potential/blind-check',
    partner,
    `${partner}/briefing`,
    '/meetings',
    '/meetings?show=past',
    '/meetings/1',
    '/meetings/1/log',
    '/meetings/1/mail',
    '/outbox',
    '/time',
    partner.replace('/partners/', '/meetings/new?partner='),
    '/upkeep',
    '/coverage',
    '/coverage?decided=1',
    '/coverage/budget',
    '/coverage/what-ifs',
    '/coverage/toss-ups',
    '/territories',
    '/territories?show=0',
    partner.replace('/partners', '/coverage/partners'),
    '/season',
    await board(page, address),
    '/season/strip',
    '/calendar',
    '/effect',
    '/scorecard',
    '/business-case',
    '/model',
    '/model/questions',
    '/model/learned',
    '/import',
  ]
}

/** The trip board of the latest plan. */
async function board(page, address) {
  await page.goto(`${address}/season`)
  return page.locator('a[href$="/board"]').first().getAttribute('href')
}

/** The pages that lead on to data where there is none. */
export const LEADING_PAGES = [
  '/',
  '/today',
  '/open-goals',
  '/potential',
  '/potential/blind-check',
  '/map',
  '/coverage',
  '/coverage/budget',
  '/coverage/what-ifs',
  '/coverage/toss-ups',
  '/territories',
  '/season',
  '/meetings',
  '/meetings?show=past',
  '/upkeep',
  '/season/strip',
  '/calendar',
  '/effect',
  '/scorecard',
  '/business-case',
  '/model',
  '/model/questions',
  '/model/learned',
  '/import',
]

/** The pages that an empty database shows. */
export const EMPTY_PAGES = [...LEADING_PAGES, '/account', '/people', '/people/1/personal', '/retention', '/audit']

/** Takes that way; where another cut it short (a page that renews itself just as one leaves it, a second press), once more. */
function onceMore(way) {
  return way().catch((error) => (/ERR_ABORTED/.test(error.message) ? way() : Promise.reject(error)))
}

/** Sends the letter on the page, by one press or however it is said, and waits for its place in the outbox. */
export function sendLetter(page, press = (button) => button.click()) {
  return Promise.all([onceMore(() => page.waitForURL(/\/outbox\/\d+$/)), press(page.locator('#send'))])
}

/** Goes there and waits until nothing moves any more; the map says itself when it stands. */
export async function go(page, url) {
  const answer = await onceMore(() => page.goto(url, { waitUntil: 'load' }))
  if (new URL(page.url()).pathname.startsWith('/jobs/')) await page.waitForURL((at) => !at.pathname.startsWith('/jobs/'), { timeout: 180_000 })
  if (await page.locator('#map').count()) await page.locator('#map[data-ready=yes]').waitFor({ timeout: 30_000 })
  return answer
}

/** Opens the trip board of that season page, in the week chosen among those with visits; in the first of them unless told. */
export async function openBoard(page, season, choose = (weeks) => weeks[0]) {
  await go(page, season)
  await go(page, await page.locator('a[href$="/board"]').first().evaluate((link) => link.href))
  const links = page.locator('.board-weeks a')
  const weeks = await links.evaluateAll((all) => all.map((one) => ({ href: one.href, visits: Number(one.querySelector('.soft').textContent) })))
  await go(page, choose(weeks.filter((one) => one.visits > 0)).href)
}

/** Pixels by which the page is wider than the screen; none where it fits. */
export function tooWide(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

/** Opens the page again and again until it shows that, or ten seconds are over: what is told from there is for the caller to judge. */
export async function reloadUntil(page, shown) {
  for (let tries = 0; tries < 100 && !(await shown.count()); tries += 1) {
    await new Promise((done) => setTimeout(done, 100))
    await onceMore(() => page.reload())
  }
}

/** What a number on the page is, whatever marks its thousands and decimals carry. */
export function number(text) {
  const plain = text.replace(/[^\d.,-]/g, '')
  const decimals = plain.match(/[.,](\d{1,2})$/)
  const whole = (decimals ? plain.slice(0, -decimals[0].length) : plain).replace(/[.,]/g, '')
  return Number(decimals ? `${whole}.${decimals[1]}` : whole)
}
