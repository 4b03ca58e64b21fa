// From the pocket to the briefing in two taps; a meeting confirmed and logged on a phone in few taps, and by keys alone.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { closePage, findings, openBrowser, openPage } from '../frame/browser.mjs'
import { go, tooWide } from '../frame/pages.mjs'
import { serveDemo } from '../frame/server.mjs'

let browser, server
before(async () => ([browser, server] = await Promise.all([openBrowser(), serveDemo({ plan: false })])))
after(() => Promise.all([browser?.close(), server?.stop()]))

const phone = { width: 390, height: 844, hasTouch: true, isMobile: true }

async function tabTo(page, selector, most = 200) {
  for (let step = 1; step <= most; step++) {
    await page.keyboard.press('Tab')
    if (await page.evaluate((selector) => document.activeElement?.matches(selector) ?? false, selector)) return
  }
  assert.fail(`Tab does not reach ${selector}`)
}

test('from the pocket to the briefing in two taps', async () => {
  const page = await openPage(browser, phone)
  await go(page, `${server.address}/open-goals`)
  await page.locator('.menu a[href="/meetings"]').tap()
  await page.waitForURL(/\/meetings$/)
  await page.locator('a[href$="/briefing"]').first().tap()
  await page.waitForURL(/\/partners\/\d+\/briefing$/)
  assert.match(await page.locator('#half-year').innerText(), /\d/, 'the half-year without a click')
  const wider = await tooWide(page)
  assert.ok(wider <= 0, `${wider} pixels wider than the screen`)
  await closePage(page)
})

test('a held meeting is logged on a phone within twelve taps', async () => {
  const page = await openPage(browser, phone)
  await go(page, `${server.address}/meetings`)
  let taps = 0
  const tap = async (locator) => {
    taps += 1
    await locator.tap()
  }
  const begun = Date.now()
  await tap(page.locator('#to-log ~ ul a[href$="/log"]').first())
  await page.waitForURL(/\/log$/)
  await tap(page.locator('label.answer', { has: page.locator('[value=yes]') }))
  for (const [n, what] of [[0, 'Skicka prislistan'], [1, 'Lägga en provorder']]) {
    await tap(page.locator('fieldset.promise [name=what]').nth(n))
    await page.keyboard.type(what)
  }
  await tap(page.locator('.log-form button.primary'))
  await page.waitForURL(/\/meetings\/\d+$/)
  assert.ok(taps <= 12, `${taps} taps`)
  assert.ok(Date.now() - begun < 60_000, 'a minute')
  const shown = await page.locator('main').innerText()
  assert.match(shown, /Skicka prislistan/)
  assert.match(shown, /Lägga en provorder/)
  await closePage(page)
})

test('the log takes proposals over by a press, and as many promises as were made', async () => {
  const page = await openPage(browser, phone)
  await go(page, `${server.address}/meetings`)
  const log = await page.locator('#to-log ~ ul a[href$="/log"]').first().getAttribute('href')
  await go(page, server.address + log)
  const wider = await tooWide(page)
  assert.ok(wider <= 0, `${wider} pixels wider than the screen`)
  assert.deepEqual(await findings(page), [])
  await page.locator('details[data-proposals] summary').tap()
  const taken = []
  for (const side of ['ours', 'theirs', 'theirs']) {
    const proposal = page.locator(`button[data-promise=${side}][data-what]:visible`).first()
    taken.push([await proposal.getAttribute('data-what'), await proposal.getAttribute('data-by')])
    await proposal.tap()
  }
  await page.locator('button[data-promise=ours]:not([data-what])').tap()
  await page.keyboard.type('Ringa om fredag')
  assert.equal(await page.locator('fieldset.promise').count(), 4)
  await page.locator('label.answer', { has: page.locator('[value=partly]') }).tap()
  await page.locator('.log-form button.primary').tap()
  await page.waitForURL(/\/meetings\/\d+$/)
  const shown = (await page.locator('main').innerText()).replace(/\s+/g, ' ')
  for (const [what, by] of taken) {
    assert.ok(shown.includes(what), `${what} in ${shown}`)
    assert.ok(shown.includes(by), `${by} in ${shown}`)
  }
  assert.ok(shown.includes('Ringa om fredag'))
  await go(page, server.address + log)
  assert.equal(await page.locator(`button[data-what="${taken[0][0]}"]`).count(), 0, 'what is promised is proposed no more')
  await closePage(page)
})

test('a meeting is made, refused, mended, confirmed and undone by keys alone', async () => {
  const page = await openPage(browser)
  await go(page, `${server.address}/open-goals`)
  const partner = await page.locator('table.goals a[href^="/partners/"]').first().getAttribute('href')
  await go(page, `${server.address}/meetings/new?partner=${partner.split('/').pop()}`)
  await tabTo(page, '#purpose')
  await page.keyboard.press('Control+A')
  await page.keyboard.press('Delete')
  await tabTo(page, 'button[value=confirm]')
  await Promise.all([page.waitForResponse((answer) => answer.status() === 422), page.keyboard.press('Enter')])
  assert.match(await page.locator('[role=alert]').innerText(), /A250.*syfte/)
  await tabTo(page, '#purpose')
  await page.keyboard.type('Enas om nästa kvartal')
  await tabTo(page, 'button[value=confirm]')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/meetings\/\d+$/)
  assert.match(await page.locator('h1').innerText(), /Bekräftat/)
  assert.ok((await page.locator('h1 .stage').getAttribute('class')).includes('confirmed'))
  await page.locator('details', { has: page.locator('#undo') }).locator('summary').focus()
  await page.keyboard.press('Enter')
  await tabTo(page, '#undo')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/meetings$/)
  page.watch.errors = page.watch.errors.filter((error) => !error.includes('422'))
  await closePage(page)
})

test('the briefing on paper is one or two sheets of A4 with the partner’s name, without menu and buttons', async () => {
  for (const language of ['sv', 'en']) {
    const page = await openPage(browser, { language })
    // Of the first hardly anything is known, of the second nearly everything, with the third there are promises.
    for (const partner of [1, 2, 28]) {
      await go(page, `${server.address}/partners/${partner}/briefing`)
      const name = await page.evaluate(() => document.title.split(' · ')[0])
      await page.emulateMedia({ media: 'print' })
      assert.equal(await page.locator('.side').isVisible(), false)
      assert.equal(await page.locator('.actions').first().isVisible(), false)
      const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true, ...(process.env.SPELPLAN_SCREENS && { path: `${process.env.SPELPLAN_SCREENS}/briefing-${partner}-${language}.pdf` }) })
      const text = pdf.toString('latin1')
      const pages = (text.match(/\/Type\s*\/Page\b/g) ?? []).length
      assert.ok(pages >= 1 && pages <= 2, `${pages} sheets of ${name}`)
      const [width, height] = text.match(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/).slice(1).map(Number)
      assert.ok(Math.abs(width - 595) < 2 && Math.abs(height - 842) < 2, `${width} by ${height} points`)
      const title = text.match(/\/Title\s*(\((?:\\.|[^\\)])*\)|<[0-9A-Fa-f]+>)/)[1]
      assert.ok(written(title).includes(name), `${written(title)} names ${name}`)
      assert.match(await page.locator('h1').innerText(), /\w/)
      for (const empty of await page.locator('.paper-part').all()) {
        assert.ok((await empty.innerText()).split('\n').length > 1, 'no part of the paper is a heading alone')
      }
      await page.emulateMedia({ media: 'screen' })
    }
    await closePage(page)
  }
})

test('the briefing ends with three to five dated things for each side', async () => {
  const page = await openPage(browser, { ...phone, language: 'en' })
  for (const partner of [1, 2, 28]) {
    await go(page, `${server.address}/partners/${partner}/briefing`)
    const sides = page.locator('.quarter > div')
    assert.equal(await sides.count(), 2)
    for (const side of await sides.all()) {
      const days = await side.locator('li time').evaluateAll((all) => all.map((one) => one.dateTime))
      assert.ok(days.length >= 3 && days.length <= 5, `${days.length}`)
      assert.deepEqual(days, days.toSorted())
    }
  }
  assert.ok((await page.locator('.quarter .tag').allInnerTexts()).some((word) => /promised/i.test(word)), 'what is promised says so')
  await closePage(page)
})

/** A text of a PDF: plain in parentheses, or UTF-16 in hexadecimal. */
function written(text) {
  if (text.startsWith('(')) return text.slice(1, -1)
  return Buffer.from(text.slice(1, -1), 'hex').swap16().toString('utf16le').replace('\ufeff', '')
}
