// Two people answer the questions alone, see the median and the spread afterwards, and put the values into use.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { closePage, findings, openBrowser, openPage } from '../frame/browser.mjs'
import { go, tooWide } from '../frame/pages.mjs'
import { serveDemo } from '../frame/server.mjs'

let browser, server
before(async () => ([browser, server] = await Promise.all([openBrowser(), serveDemo()])))
after(() => Promise.all([browser?.close(), server?.stop()]))

const ANSWERS = {
  'visits-year': '4', without: '77,5', half: '90', more: '106', saturation: '130', 'silent-months': '4', 'digital-months': '7',
  'video-met': '30', 'video-unmet': '0', 'without-low': '65', 'without-high': '85', 'saturation-low': '115', 'saturation-high': '160',
}

/** Fills the form in by the keyboard alone, in the order in which Tab goes. */
async function answer(page, name, answers) {
  await page.locator('#person').focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type(name)
  for (const [code, written] of Object.entries(answers)) {
    do await page.keyboard.press('Tab')
    while ((await page.evaluate(() => document.activeElement.type)) === 'checkbox')
    assert.equal(await page.evaluate(() => document.activeElement.id), code)
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type(written)
  }
  await page.keyboard.press('Enter')
}

for (const width of [390, 1400]) {
  test(`two people answer alone and see each other afterwards, at ${width} pixels`, async () => {
    const page = await openPage(browser, { width })
    const [anna, bo] = [`Anna ${width}`, `Bo ${width}`]
    await go(page, `${server.address}/model`)
    await page.locator('.model-segment .button').nth(width === 390 ? 0 : 1).click()
    const form = page.url()
    await answer(page, anna, { ...ANSWERS, half: 'nästan' })
    await page.locator('.wrong-fields').waitFor()
    assert.equal(await page.locator('#half').inputValue(), 'nästan', 'what was written stays')
    assert.equal(await page.locator('#saturation').inputValue(), '130')
    page.watch.errors.length = 0
    await answer(page, anna, ANSWERS)
    await page.locator('#results').waitFor()
    assert.match(await page.locator('#results').innerText(), /Du är den enda/)

    await go(page, form)
    assert.equal(await page.locator('#results').count(), 0, 'others are not seen before one has answered')
    assert.match(await page.locator('.alone').innerText(), /1 person har svarat/)
    await answer(page, bo, { ...ANSWERS, half: '80', 'silent-months': '8', 'digital-months': '20' })
    await page.locator('#results').waitFor()
    const row = page.locator('table.answers tr', { hasText: 'Hälften så många besök' })
    assert.deepEqual(await row.locator('td').allInnerTexts(), ['80', '85', '80–90'])
    assert.match(await page.locator('.elasticity').innerText(), /0,25–0,34/)
    assert.equal(await page.locator('svg.response path.median').count(), 2, 'the curve and its key')
    assert.deepEqual(await findings(page), [])
    const wider = await tooWide(page)
    assert.ok(wider <= 0, `${wider} pixels wider than the screen`)

    await page.getByRole('button', { name: 'Använd de här värdena' }).click()
    await page.getByText('De här värdena är i bruk.').waitFor()
    await go(page, `${server.address}/model`)
    assert.ok((await page.locator('.tag.known').allInnerTexts()).includes('chefernas svar'))
    assert.match(await page.locator('main').innerText(), new RegExp(`av ${bo}`))
    await page.getByRole('button', { name: /Ångra/ }).first().click()
    await page.waitForLoadState('load')
    await closePage(page)
  })
}
