// The partner's own page on a phone: no password, two minutes, everything answered by thumb; and nothing of it is left when the link is revoked.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { closePage, findings, openBrowser, openPage } from '../frame/browser.mjs'
import { go, tooWide } from '../frame/pages.mjs'
import { serveDemo } from '../frame/server.mjs'

let browser, server
before(async () => ([browser, server] = await Promise.all([openBrowser(), serveDemo({ plan: false })])))
after(() => Promise.all([browser?.close(), server?.stop()]))

const phone = { width: 390, height: 844, hasTouch: true, isMobile: true, stranger: true }

test('a partner opens its page, answers everything and is heard', async () => {
  const staff = await openPage(browser)
  await go(staff, `${server.address}/meetings`)
  const proposed = staff.locator('li.meeting', { has: staff.locator('.stage.proposed') }).first()
  const meeting = await proposed.locator('.what a').getAttribute('href')
  const partner = (await proposed.locator('a[href$="/briefing"]').getAttribute('href')).match(/\d+/)[0]
  await go(staff, `${server.address}/partners/${partner}/portal`)
  await staff.locator('[name=name]').fill('Åsa Öst')
  await staff.locator('button.primary').click()
  const link = await staff.locator('#made').inputValue()
  assert.match(link, /\/p\/[0-9a-f]{64}$/)
  assert.deepEqual(await findings(staff), [])

  for (const language of ['sv', 'en']) {
    const page = await openPage(browser, { ...phone, language })
    await go(page, link)
    assert.deepEqual(await findings(page), [], language)
    const wider = await tooWide(page)
    assert.ok(wider <= 0, `${wider} pixels wider than the screen`)
    await closePage(page)
  }

  const page = await openPage(browser, phone)
  await go(page, link)
  const send = async (kind, fill) => {
    const form = page.locator('form', { has: page.locator(`[name=kind][value=${kind}]`) }).first()
    const closed = page.locator('details:not([open])', { has: page.locator(`[name=kind][value=${kind}]`) })
    if (await closed.count()) await closed.locator('summary').first().tap()
    await fill?.(form)
    await Promise.all([page.waitForURL(/said=/), form.locator('button').tap()])
    await page.locator('#said').waitFor()
    await go(page, link)
  }
  await send('point', (form) => form.locator('[name=words]').fill('Vår nya lokal'))
  await send('time', (form) => form.locator('[name=day]').fill('2027-02-03'))
  await send('accept')
  await send('share', (form) => form.locator('[name=number]').fill('35'))
  await send('vendors', (form) => form.locator('[name=number]').fill('0'))
  await send('wish', (form) => form.locator('[name=words]').fill('Marginalen'))
  assert.match(await page.locator('main').innerText(), /Vår nya lokal/)
  await closePage(page)

  await go(staff, server.address + meeting)
  assert.match(await staff.locator('h1').innerText(), /Bekräftat/)
  assert.match(await staff.locator('main').innerText(), /2027-02-03/)
  assert.match(await staff.locator('#agenda').inputValue(), /Vår nya lokal/)
  await go(staff, `${server.address}/open-goals?show=all`)
  assert.match(await staff.locator('table.goals tbody tr').first().innerText(), /De vill träffas: Marginalen/)
  await go(staff, `${server.address}/portal`)
  assert.match(await staff.locator('main').innerText(), /1 av 1/)

  await go(staff, `${server.address}/partners/${partner}/portal`)
  await staff.locator('form[action$="/end"] button').click()
  await staff.waitForLoadState('load')
  const gone = await openPage(browser, phone)
  const answer = await go(gone, link)
  assert.equal(answer.status(), 404)
  gone.watch.errors = gone.watch.errors.filter((error) => !error.includes('404'))
  await closePage(gone)
  await closePage(staff)
})
