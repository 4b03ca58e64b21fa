// Coverage: a changed budget is answered at once, decisions and what-ifs are kept and taken back, chance binds plans, the budget page fits A4.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { closePage, openBrowser, openPage } from '../frame/browser.mjs'
import { go, number } from '../frame/pages.mjs'
import { serveDemo } from '../frame/server.mjs'

let browser, small, large
before(async () => ([browser, small, large] = await Promise.all([openBrowser(), serveDemo({ partners: 120 }), serveDemo({ partners: 3000, months: 12, plan: false })])))
after(() => Promise.all([browser?.close(), small?.stop(), large?.stop()]))

/** Opens the page and waits until the year is counted. */
async function counted(page, address) {
  await go(page, address)
  await page.locator('#answer').waitFor({ timeout: 180_000 })
}

const gain = async (page) => number(await page.locator('#gain').innerText())
const days = async (page) => number(await page.locator('#days-asked').innerText())

test('a changed budget is answered at once at 3,000 partners', { timeout: 600_000 }, async () => {
  const page = await openPage(browser)
  await counted(page, `${large.address}/coverage`)
  const told = (await page.locator('#found .summary').innerText()).split(/ av | of /)[1]
  const outside = number(await page.locator('#outside').innerText())
  assert.equal(number(told.split('partner')[0]) + outside, 3000, 'everybody is accounted for')
  let before = await days(page)
  for (const share of [70, 120, 90]) {
    const began = Date.now()
    const answered = page.waitForResponse((response) => response.url().includes(`share=${share}`))
    await page.locator('#share').evaluate((slider, share) => {
      slider.value = share
      slider.dispatchEvent(new Event('change', { bubbles: true }))
    }, share)
    await answered
    await page.waitForFunction((old) => document.querySelector('#days-asked')?.textContent !== old, `${before}`, { timeout: 10_000 })
    const took = Date.now() - began
    console.log(`  share ${share} %: ${took} ms`)
    // How long it takes is measured in docs/bench/coverage.md.
    assert.match(page.url(), new RegExp(`share=${share}`))
    before = await page.locator('#days-asked').innerText()
  }
  await closePage(page)
})

test('more days never bring less, and the page says what one more day is worth', async () => {
  const page = await openPage(browser)
  let last = 0
  for (const share of [50, 100, 150]) {
    await counted(page, `${small.address}/coverage?share=${share}`)
    const here = await gain(page)
    assert.ok(here >= last * 0.999, `${here} after ${last} at ${share} %`)
    last = here
  }
  assert.match(await page.locator('.day-words').innerText(), /En dag till i fält/)
  await closePage(page)
})

test('it works without script', async () => {
  const page = await openPage(browser, { javaScriptEnabled: false })
  await counted(page, `${small.address}/coverage`)
  await page.locator('#days').fill('40')
  await page.locator('.exact button').click()
  await page.locator('#days-asked').waitFor()
  assert.equal(await days(page), 40)
  await page.context().close()
})

test('a decision is kept with its cost, and taken back', async () => {
  const page = await openPage(browser, { language: 'en' })
  await counted(page, `${small.address}/coverage?change=new`)
  const row = page.locator('table.years tbody tr').first()
  const name = await row.locator('td.partner a').innerText()
  const most = number(await row.locator('td.proposed strong').innerText()) - 1
  await row.locator('.override summary').click()
  await row.locator('select[name=demand]').selectOption('at-most')
  await row.locator('input[name=visits]').fill(`${most}`)
  await row.locator('input[name=reason]').fill('New owner')
  await row.locator('.decide button').click()
  await page.locator('.notice').waitFor({ timeout: 120_000 })
  assert.match(await page.locator('.notice').innerText(), new RegExp(`The decision holds:.*at most ${most} visit`, 's'))
  await counted(page, `${small.address}/coverage?decided=1`)
  const kept = page.locator('table.years tbody tr', { hasText: name })
  assert.ok(number(await kept.locator('td.proposed strong').innerText()) <= most)
  assert.match(await kept.locator('.decision').innerText(), /at most \d+ visit.*New owner.*costs/s)
  await kept.locator('.rule button').click()
  await page.locator('.notice').waitFor({ timeout: 120_000 })
  assert.match(await page.locator('.notice').innerText(), /taken back/)
  await page.locator('.notice button').click()
  await page.locator('.notice', { hasText: 'The decision holds' }).waitFor({ timeout: 120_000 })
  await page.locator('.notice button').click()
  await page.locator('.notice', { hasText: 'taken back' }).waitFor({ timeout: 120_000 })
  await closePage(page)
})

test('a decision that nobody can keep is refused with its name, and taken back from there', async () => {
  const page = await openPage(browser, { language: 'en' })
  await counted(page, `${small.address}/coverage?change=unvisited`)
  const row = page.locator('table.years tbody tr', { hasText: 'ferry or flight' }).first()
  await row.locator('.override summary').click()
  await row.locator('select[name=demand]').selectOption('at-least')
  await row.locator('input[name=visits]').fill('3')
  await row.locator('.decide button').click()
  const refused = page.locator('#refused')
  await refused.waitFor({ timeout: 120_000 })
  assert.match(await refused.innerText(), /cannot be kept: ferry or flight/)
  await refused.getByRole('button', { name: 'Take back' }).click()
  await page.locator('#answer').waitFor({ timeout: 120_000 })
  await closePage(page)
})

test('a what-if is saved, compared, applied and undone', async () => {
  const page = await openPage(browser, { language: 'en' })
  await counted(page, `${small.address}/coverage?share=70`)
  const asked = await days(page)
  await page.locator('input[name=name]').fill('Thirty per cent fewer')
  await page.locator('form.save > button').click()
  await page.locator('.side-by-side').waitFor({ timeout: 120_000 })
  const heads = await page.locator('.side-by-side thead th').allInnerTexts()
  assert.deepEqual(heads.slice(0, 2), ['Without a what-if', 'Thirty per cent fewer'])
  const cells = await page.locator('.side-by-side tbody tr').first().locator('td').allInnerTexts()
  assert.ok(Math.abs(number(cells[1].split('(')[0]) - asked) <= 1, cells.join(' | '))
  await page.getByRole('button', { name: 'Apply' }).click()
  await page.locator('#saved .tag', { hasText: 'holds' }).waitFor({ timeout: 120_000 })
  await counted(page, `${small.address}/coverage`)
  assert.ok(Math.abs((await days(page)) - asked) <= 1, 'its days are what holds')
  await go(page, `${small.address}/coverage/what-ifs`)
  await page.locator('#saved').getByRole('button', { name: 'Undo' }).click()
  await page.locator('#saved').getByRole('button', { name: 'Apply' }).waitFor({ timeout: 120_000 })
  await counted(page, `${small.address}/coverage`)
  assert.ok((await days(page)) > asked)
  await closePage(page)
})

test('a toss-up is priced, drawn, verified, and the season plan keeps it', { timeout: 300_000 }, async () => {
  const page = await openPage(browser, { language: 'en' })
  await go(page, `${small.address}/coverage/toss-ups?entries=12`)
  await page.locator('#price').waitFor({ timeout: 120_000 })
  await page.getByRole('button', { name: 'Write the toss-up down' }).click()
  const card = page.locator('section[id^=t]').first()
  await card.waitFor({ timeout: 120_000 })
  const hash = await card.locator('.log code').first().innerText()
  assert.match(hash, /^[0-9a-f]{64}$/)
  assert.match(await card.innerText(), /secret until it is drawn/)
  await card.getByRole('button', { name: 'Draw' }).click()
  await card.locator('.tag', { hasText: 'drawn' }).first().waitFor({ timeout: 120_000 })
  await card.getByRole('link', { name: 'Verify' }).click()
  await page.locator('.verdict.passed', { hasText: 'The draw stands' }).waitFor({ timeout: 120_000 })
  assert.equal(await card.locator('.log code').first().innerText(), hash, 'the check sum is the one shown before')
  const season = (await card.locator('h2 .title-range').innerText()).split(' – ')
  const ids = (which) => card.locator(which).evaluateAll((links) => links.map((link) => link.getAttribute('href').split('/').pop()))
  await card.locator('details').last().evaluate((details) => (details.open = true))
  const won = await ids('.entry.won a')
  const lost = await ids('.entry:not(.won) a')
  assert.ok(won.length > 0 && lost.length > 0)
  await go(page, `${small.address}/season`)
  await page.locator('#plan input[name=from]').fill(season[0])
  await page.locator('#plan input[name=to]').fill(season[1])
  await page.locator('#plan button.primary').click()
  await page.waitForURL(/\/season\/\d+/, { timeout: 180_000 })
  await go(page, `${page.url()}?pam=all`)
  const stops = await page.locator('li.stop .whom > a').evaluateAll((links) => links.map((link) => link.getAttribute('href').split('/').pop()))
  for (const id of lost) assert.ok(!stops.includes(id), `partner ${id} lost the draw and is visited`)
  const visited = won.filter((id) => stops.includes(id))
  assert.ok(visited.length > 0, 'nobody who won is visited')
  await closePage(page)
})

test('the budget page fits one or two sheets of A4 with nothing cut', async () => {
  const page = await openPage(browser)
  await go(page, `${small.address}/coverage/budget`)
  await page.locator('.paper').waitFor({ timeout: 120_000 })
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true, printBackground: true })
  const pages = (pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g) ?? []).length
  assert.ok(pages >= 1 && pages <= 2, `${pages} pages`)
  await page.emulateMedia({ media: 'print' })
  // A4 less its margins, at 96 dots an inch.
  await page.setViewportSize({ width: 688, height: 1000 })
  const wide = await page.evaluate(() => {
    const out = []
    for (const element of document.querySelectorAll('.paper *')) {
      const box = element.getBoundingClientRect()
      if (box.width > 0 && box.right > document.documentElement.clientWidth + 1) out.push(`${element.tagName} ${element.className?.baseVal ?? element.className}`)
    }
    return [...new Set(out)]
  })
  assert.deepEqual(wide, [], 'cut at the right')
  assert.equal(await page.locator('.side').isVisible(), false, 'the menu is not printed')
  await closePage(page)
})

test('a partner page explains why and what would change it', async () => {
  const page = await openPage(browser)
  await counted(page, `${small.address}/coverage`)
  await page.locator('table.years td.partner a').first().click()
  const why = await page.locator('#why').innerText()
  assert.match(why, /En timme i fält är värd/)
  assert.match(why, /Vilka uppgifter som betyder mest/)
  assert.equal(await page.locator('.ways tr.current').count(), 1)
  await closePage(page)
})
