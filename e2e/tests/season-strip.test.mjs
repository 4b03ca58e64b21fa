// The season strip: dragged by mouse and by finger, moved by arrow keys and without any script; figures follow within a second.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { closePage, findings, openBrowser, openPage } from '../frame/browser.mjs'
import { go, tooWide } from '../frame/pages.mjs'
import { serveDemo } from '../frame/server.mjs'

let browser, server
before(async () => ([browser, server] = await Promise.all([openBrowser(), serveDemo({ partners: 3000, months: 24, plan: false })])))
after(() => Promise.all([browser?.close(), server?.stop()]))

const start = (page) => page.locator('#strip-answer').getAttribute('data-start').then(Number)

async function settled(page, week) {
  const began = Date.now()
  await page.locator(`#strip-answer[data-start="${week}"]`).waitFor({ timeout: 10_000 })
  return Date.now() - began
}

/** Where the middle of the thumb is when the season begins that week. */
async function middle(page, week) {
  const box = await page.locator('.season-range').boundingBox()
  const length = Number(await page.locator('select[name=weeks]').inputValue())
  return { x: box.x + (box.width * (week + length / 2)) / 52, y: box.y + box.height / 2 }
}

for (const width of [1400, 390]) {
  test(`a season is dragged, stepped and taken back, at ${width} pixels`, async () => {
    const page = await openPage(browser, { width, hasTouch: width === 390 })
    const began = Date.now()
    await go(page, `${server.address}/season/strip?weeks=5`)
    const opened = Date.now() - began
    const best = await start(page)
    assert.deepEqual(await findings(page), [])
    const wider = await tooWide(page)
    assert.ok(wider <= 0, `${wider} pixels wider than the screen`)

    const range = page.locator('.season-range')
    await range.focus()
    const margin = () => page.locator('.strip-margin').innerText()
    const step = best < 40 ? 1 : -1
    const was = await margin()
    await page.keyboard.press(step > 0 ? 'ArrowRight' : 'ArrowLeft')
    const keyed = await settled(page, best + step)
    assert.equal(await page.evaluate(() => document.activeElement.name), 'start', 'the keyboard stays on the strip')
    await page.keyboard.press(step > 0 ? 'ArrowRight' : 'ArrowLeft')
    await settled(page, best + 2 * step)
    await page.locator('.undo').click()
    await page.locator(`#strip-answer[data-start="${best}"]`).waitFor()
    assert.equal(await margin(), was, 'undone, it is what it was')

    const goal = best < 25 ? best + 12 : best - 12
    await page.locator('.season-range').scrollIntoViewIfNeeded()
    const [from, to] = [await middle(page, best), await middle(page, goal)]
    let dragged
    if (width === 390) {
      const touch = await page.context().newCDPSession(page)
      const at = ({ x, y }) => [{ x, y }]
      await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(from) })
      for (let n = 1; n <= 8; n++) await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at({ x: from.x + ((to.x - from.x) * n) / 8, y: from.y }) })
      await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
      const reached = Number(await page.locator('.season-range').inputValue())
      assert.ok(Math.abs(reached - goal) <= 1, `a finger to week ${goal} of the strip reached ${reached}`)
      dragged = await settled(page, reached)
    } else {
      await page.mouse.move(from.x, from.y)
      await page.mouse.down()
      await page.mouse.move(to.x, to.y, { steps: 8 })
      dragged = await settled(page, goal)
      await page.mouse.up()
    }
    assert.notEqual(await margin(), was)
    assert.match(page.url(), /from=\d{4}-\d\d-\d\d&weeks=5/)
    console.log(`# ${width} pixels, 3,000 partners: opened ${opened} ms, arrow key ${keyed} ms, drag over 12 weeks ${dragged} ms`)
    // How long it takes depends on the machine: the figures above are read, not judged.

    await page.locator('select[name=weeks]').selectOption('3')
    await page.waitForFunction(() => document.querySelectorAll('.strip-year .chosen').length === 3)
    await closePage(page)
  })
}

test('the strip works without any script', async () => {
  const page = await openPage(browser, { width: 1400, javaScriptEnabled: false })
  await go(page, `${server.address}/season/strip?weeks=5`)
  const best = await start(page)
  const rows = page.locator('table.moves tbody tr')
  const money = await rows.locator('td:nth-child(3)').allInnerTexts()
  assert.ok(money.length >= 3 && money.every((one) => /\d/.test(one)), `${money}`)
  await rows.locator('a').first().click()
  assert.notEqual(await start(page), best)
  await page.locator('.season-range').focus()
  await page.keyboard.press('ArrowRight')
  await page.getByRole('button', { name: 'Räkna' }).click()
  assert.equal(await page.locator('#strip-answer').count(), 1)
  await page.context().close()
})
