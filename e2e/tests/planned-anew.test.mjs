// Weeks planned anew: what was promised on the trip board stands in the new plan; what cannot is told, at both widths, in both languages.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { closePage, findings, openBrowser, openPage } from '../frame/browser.mjs'
import { go, openBoard, tooWide } from '../frame/pages.mjs'
import { serveDemo } from '../frame/server.mjs'

let browser, server
before(async () => ([browser, server] = await Promise.all([openBrowser(), serveDemo({ partners: 120, months: 24 })])))
after(() => Promise.all([browser?.close(), server?.stop()]))

const words = {
  sv: { stands: 'Det som var ordnat står kvar, ett lovat besök', broken: 'Lovat, men inte i den här planen: ett besök', kept: 'det ordnade behållet' },
  en: { stands: 'What had been arranged stands, one promised visit', broken: 'Promised, but not in this plan: one visit', kept: 'what was arranged kept' },
}

/** Plans those days anew and waits for the plan. */
async function planned(page, from, to, seed) {
  await go(page, `${server.address}/season`)
  const form = page.locator('#plan form')
  await form.locator('input[name=from]').fill(from)
  await form.locator('input[name=to]').fill(to)
  await form.locator('details summary').click()
  await form.locator('input[name=seed]').fill(`${seed}`)
  await form.locator('button.primary').click()
  await page.waitForURL(/\/season\/\d+$/, { timeout: 60_000 })
}

const hour = (page, { partner, on }) => page.locator(`.board-stop[data-partner="${partner}"][data-on="${on}"] .hour`).first().innerText()

for (const [width, language] of [[1400, 'sv'], [390, 'en']]) {
  test(`what was confirmed stands when its weeks are planned anew, at ${width} pixels in ${language}`, async () => {
    const page = await openPage(browser, { width, language, height: width === 390 ? 844 : 900 })
    const said = words[language]
    const wider = () => tooWide(page)
    await go(page, `${server.address}/season`)
    const [from, to] = await page.locator('#plan form input[type=date]').evaluateAll((all) => all.map((one) => one.value))
    await planned(page, from, to, 1)
    const plan = page.url()
    await openBoard(page, plan)
    const stop = page.locator('.board-stop[data-fixedness=suggested]').first()
    const promised = await stop.evaluate(({ dataset }) => ({ partner: dataset.partner, on: dataset.on }))
    const begins = await hour(page, promised)
    await stop.locator('.stop-menu summary').click()
    await stop.locator('select[name=fixedness]').selectOption('confirmed')
    await stop.locator('button[value=fix]').click()
    await page.locator(`.board-stop[data-partner="${promised.partner}"][data-fixedness=confirmed]`).waitFor()

    await planned(page, from, to, 2)
    assert.notEqual(page.url(), plan)
    if (process.env.SPELPLAN_SCREENS) await page.screenshot({ path: `${process.env.SPELPLAN_SCREENS}/anew-kept-${width}.png` })
    assert.ok((await page.locator('#kept').innerText()).includes(said.stands))
    assert.deepEqual(await findings(page), [])
    assert.ok((await wider()) <= 0, 'the season page is wider than the screen')
    await page.locator('.verdict.passed').waitFor()
    const anew = page.url()
    const week = new URLSearchParams({ week: promised.on })
    await go(page, `${anew}/board?${week}`)
    const kept = page.locator(`.board-stop[data-partner="${promised.partner}"][data-on="${promised.on}"]`)
    assert.equal(await kept.getAttribute('data-fixedness'), 'confirmed')
    assert.equal(await hour(page, promised), begins)
    assert.ok((await page.locator('main').innerText()).includes(said.kept), 'the board says how the version came about')

    // Planned from the week after on, the promise has no place, and that is told.
    const later = new Date(promised.on)
    later.setUTCDate(later.getUTCDate() + 8 - (later.getUTCDay() || 7))
    await planned(page, later.toISOString().slice(0, 10), to, 1)
    const told = page.locator('#kept')
    assert.ok((await told.innerText()).includes(said.broken), await told.innerText())
    assert.ok((await told.innerText()).includes(promised.on))
    assert.deepEqual(await findings(page), [])
    assert.ok((await wider()) <= 0, 'what is told is wider than the screen')
    if (process.env.SPELPLAN_SCREENS) await page.screenshot({ path: `${process.env.SPELPLAN_SCREENS}/anew-broken-${width}.png` })

    // Settled with the partner, it is told no more.
    const unsettled = page.url()
    await told.getByRole('button').click()
    await page.waitForURL((url) => url.href !== unsettled && /\/season\/\d+$/.test(url.pathname))
    assert.ok(!(await told.innerText()).includes(said.broken), await told.innerText())
    await closePage(page)
  })
}
