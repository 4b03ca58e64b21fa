// Signing in as people do: the first admin, an invitation, a password, codes by the clock, a recovery code, a passkey; at both widths.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { closePage, findings, openBrowser, openPage } from '../frame/browser.mjs'
import { oneTimeCode } from '../frame/one-time-code.mjs'
import { go, tooWide } from '../frame/pages.mjs'
import { serve } from '../frame/server.mjs'

const PASSWORD = 'fyra gula hästar sover'
let browser, server, home
before(async () => {
  ;[browser, server] = await Promise.all([openBrowser(), serve(undefined, { signedIn: false })])
  // Passkeys belong to a name; numbers have none.
  home = server.address.replace('127.0.0.1', 'localhost')
})
after(() => Promise.all([browser?.close(), server?.stop()]))

const phone = { width: 390, height: 844, hasTouch: true, isMobile: true, stranger: true }

async function sound(page, what) {
  await page.locator('main details').evaluateAll((all) => all.forEach((one) => (one.open = true)))
  assert.deepEqual(await findings(page), [], what)
  const wider = await tooWide(page)
  assert.ok(wider <= 0, `${what}: ${wider} pixels wider than the screen`)
}

async function signIn(page, email) {
  await go(page, `${home}/sign-in`)
  await page.locator('[name=email]').fill(email)
  await page.locator('[name=password]').fill(PASSWORD)
  await page.locator('button.primary').click()
}

test('from the first admin to codes, a recovery code and a passkey', async () => {
  const admin = await openPage(browser, { language: 'en', stranger: true })
  await go(admin, home)
  await admin.waitForURL(/first-run/)
  await sound(admin, 'first run')
  await admin.locator('[name=name]').fill('Ada Admin')
  await admin.locator('[name=email]').fill('ada@example.test')
  await admin.locator('[name=password]').fill(PASSWORD)
  await admin.locator('button.primary').click()
  await admin.waitForURL((at) => at.pathname !== '/first-run')
  await go(admin, `${home}/people`)
  await admin.locator('.wide [name=name]').fill('Mia Manager')
  await admin.locator('.wide [name=email]').fill('mia@example.test')
  await admin.locator('.wide [name=role]').selectOption('manager')
  await admin.locator('button.primary').click()
  const link = await admin.locator('.secret input').inputValue()
  await sound(admin, 'people')

  const page = await openPage(browser, phone)
  await go(page, link)
  await page.locator('[name=password]').fill(PASSWORD)
  await page.locator('button.primary').tap()
  await page.waitForURL((at) => !at.pathname.startsWith('/welcome'))
  await go(page, `${home}/account`)
  await sound(page, 'account')
  await page.locator('form[action="/account/codes"] [name=password]').fill(PASSWORD)
  await page.locator('form[action="/account/codes"] button').tap()
  await page.locator('.qr svg').waitFor()
  await sound(page, 'a key for codes')
  const key = await page.locator('code.secret-key').innerText()
  await page.locator('[name=code]').fill(oneTimeCode(key))
  await page.locator('button.primary').tap()
  await page.locator('.codes').waitFor()
  const recovery = await page.locator('.codes code').allInnerTexts()
  assert.equal(recovery.length, 10)
  await sound(page, 'recovery codes')
  await go(page, `${home}/account`)
  assert.match(await page.locator('main').innerText(), /Reservkoder kvar: 10/)
  await sound(page, 'account with codes')
  await closePage(page)

  for (const [width, code, left] of [[1400, () => oneTimeCode(key, 1), 10], [390, () => recovery[0], 9]]) {
    const again = await openPage(browser, { ...phone, width, isMobile: width === 390, hasTouch: width === 390 })
    await signIn(again, 'mia@example.test')
    await again.locator('[name=code]').first().waitFor()
    await sound(again, `a code is asked for at ${width}`)
    const form = again.locator('form[action="/sign-in/code"]').nth(width === 390 ? 1 : 0)
    await form.locator('[name=code]').fill(code())
    await form.locator('button').click()
    await again.waitForURL((at) => at.pathname === '/open-goals' || at.pathname === '/')
    await go(again, `${home}/account`)
    assert.match(await again.locator('main').innerText(), new RegExp(`Reservkoder kvar: ${left}`))
    await closePage(again)
  }
  await go(admin, `${home}/people`)
  assert.match(await admin.locator('main').innerText(), /one-time codes/)
  await go(admin, `${home}/audit`)
  assert.match(await admin.locator('main').innerText(), /Mia Manager used a recovery code/)
  await sound(admin, 'log')
  await closePage(admin)
})

test('a passkey signs in without address or password, until it is removed', async () => {
  const page = await openPage(browser, { ...phone, language: 'en' })
  const device = await page.context().newCDPSession(page)
  await device.send('WebAuthn.enable')
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true }
  await device.send('WebAuthn.addVirtualAuthenticator', { options })
  await signIn(page, 'ada@example.test')
  await page.waitForURL((at) => at.pathname !== '/sign-in')
  await go(page, `${home}/account`)
  await page.locator('[data-passkey=new] [name=name]').fill("Ada's phone")
  await page.locator('[data-passkey=new] [name=password]').fill('inte rätt lösenord')
  await page.locator('[data-passkey=new] button').tap()
  await page.locator('[data-passkey=new] [role=alert]', { hasText: /A2\d\d/ }).waitFor()
  await page.locator('[data-passkey=new] [name=password]').fill(PASSWORD)
  await page.locator('[data-passkey=new] button').tap()
  await page.waitForURL(/passkey=1/)
  assert.equal(await page.locator('.passkeys [name=name]').inputValue(), "Ada's phone")
  await sound(page, 'account with a passkey')
  await page.locator('form[action="/sign-out"] button').tap()
  await page.waitForURL(/sign-in/)
  await sound(page, 'sign-in')
  await page.locator('[data-passkey=ask] button').tap()
  await page.waitForURL((at) => at.pathname !== '/sign-in')
  await go(page, `${home}/people`)
  assert.match(await page.locator('main').innerText(), /passkey/)
  await go(page, `${home}/account`)
  await page.locator('.passkeys button[formaction]').tap()
  await page.waitForURL(/passkey-ended/)
  await page.locator('form[action="/sign-out"] button').tap()
  await page.waitForURL(/sign-in/)
  await page.locator('[data-passkey=ask] button').tap()
  await page.locator('[data-trouble]:not([hidden])').waitFor()
  assert.match(await page.locator('[data-trouble]').innerText(), /A234/)
  page.watch.errors = page.watch.errors.filter((error) => !/422/.test(error))
  await closePage(page)
})
