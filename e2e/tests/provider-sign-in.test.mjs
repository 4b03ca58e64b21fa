// Signing in at a provider (OpenID Connect): a real one, run by the test; only whoever was invited gets in, and passwords go on working.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import Provider from 'oidc-provider'
import { closePage, findings, openBrowser, openPage } from '../frame/browser.mjs'
import { go } from '../frame/pages.mjs'
import { ADMIN, command, freePort, serve, temporaryFolder } from '../frame/server.mjs'

let browser, server, home, listener, database
before(async () => {
  const [port, own] = await Promise.all([freePort(), freePort()])
  home = `http://localhost:${own}`
  const issuer = `http://127.0.0.1:${port}`
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'spelplan', client_secret: 'a secret of ours', redirect_uris: [`${home}/sign-in/provider/back`] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    pkce: { required: () => true },
    cookies: { keys: ['a test'] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: `${id.split('.')[0]}@example.test`, email_verified: !id.endsWith('.new') }) }),
  })
  listener = provider.listen(port, '127.0.0.1')
  database = `${temporaryFolder()}/provider.db`
  await command('people', 'invite', 'ada@example.test', '--name', ADMIN.name, '--role', 'admin', '--db', database)
  const words = ['--oidc-issuer', issuer, '--oidc-client', 'spelplan', '--oidc-secret', 'a secret of ours', '--oidc-name', 'Example']
  ;[browser, server] = await Promise.all([openBrowser(), serve(database, { signedIn: false, port: own, words })])
})
after(() => Promise.all([browser?.close(), server?.stop(), listener && new Promise((done) => listener.close(done) && listener.closeAllConnections())]))

async function at(provider, width, language) {
  const page = await openPage(browser, { width, height: 844, language, stranger: true })
  await go(page, `${home}/sign-in?next=%2Faccount`)
  assert.deepEqual(await findings(page), [])
  await page.locator('a[href^="/sign-in/provider"]').click()
  await page.locator('[name=login]').fill(provider)
  await page.locator('[name=password]').fill('anything')
  await page.locator('button[type=submit]').click()
  await page.locator('form button[type=submit]').click()
  await page.waitForURL((url) => url.origin === home)
  return page
}

// The test provider's own pages ask for a font elsewhere, and its refusals and ours are errors to the console.
async function leave(page) {
  page.watch.foreign = page.watch.foreign.filter((url) => !url.startsWith('https://fonts.googleapis.com/'))
  page.watch.errors = []
  await closePage(page)
}

for (const [width, language] of [[390, 'sv'], [1400, 'en']]) {
  test(`whoever was invited gets in, at ${width} pixels in ${language}`, async () => {
    const page = await at('ada', width, language)
    assert.equal(new URL(page.url()).pathname, '/account')
    assert.match(await page.locator('main').innerText(), /Ada Admin/)
    await go(page, `${home}/audit`)
    assert.match(await page.locator('main').innerText(), /was linked to|kopplades till/)
    await leave(page)
  })
}

test('strangers, addresses nobody has verified and other accounts with the same address do not', async () => {
  for (const [who, code] of [['eve', 'A238'], ['ada.new', 'A239'], ['ada.other', 'A243']]) {
    const page = await at(who, 1400, 'en')
    assert.match(await page.locator('main').innerText(), new RegExp(code), who)
    assert.deepEqual(await findings(page), [])
    await leave(page)
  }
})

test('a way back that nobody was sent on leads nowhere, and a provider that is gone says so', async () => {
  const page = await openPage(browser, { language: 'en', stranger: true })
  await go(page, `${home}/sign-in/provider/back?code=x&state=y`)
  assert.match(await page.locator('main').innerText(), /A231/)
  await new Promise((done) => listener.close(done) && listener.closeAllConnections())
  listener = undefined
  await go(page, `${home}/sign-in/provider`)
  assert.match(await page.locator('main').innerText(), /A236/)
  await leave(page)
})
