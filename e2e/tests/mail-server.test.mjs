// Mail servers as companies run them: hidden by STARTTLS or from the first byte, with a name and a secret. What is not hidden,
// not known or not let in gets no letter, and the letter says why.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import selfsigned from 'selfsigned'
import { closePage, openBrowser, openPage } from '../frame/browser.mjs'
import { go, reloadUntil, sendLetter } from '../frame/pages.mjs'
import { postOffice } from '../frame/post.mjs'
import { command, serve, temporaryFolder } from '../frame/server.mjs'

const login = { name: 'plan', secret: 'hemligt ord' }
const folder = temporaryFolder()
const database = join(folder, 'demo.db')
const known = join(folder, 'known.pem')
const strange = join(folder, 'strange.pem')
let browser, certificate

/** A certificate for this machine's name that stands for itself. */
const certified = () =>
  selfsigned.generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
    ],
  })

before(async () => {
  ;[browser, certificate] = await Promise.all([openBrowser(), certified()])
  writeFileSync(known, certificate.cert)
  writeFileSync(strange, (await certified()).cert)
  await command('demo', '--partners', '30', '--months', '12', '--seed', '1', '--db', database, '--no-serve', '--no-plan')
})
after(() => browser?.close())

let meeting = 0

/** A letter of its own pressed for, through that server; what the page then says of it, and what has come to its reader. */
async function sent(office, { tls, secret = login.secret, trusted = known }) {
  meeting += 1
  const reader = `reader${meeting}@partner.example`
  const server = await serve(database, {
    signedIn: false,
    words: ['--smtp-host', 'localhost', '--smtp-port', `${office.port}`, '--smtp-tls', tls, '--smtp-from', 'plan@company.example', '--smtp-user', login.name],
    environment: { SPELPLAN_SMTP_SECRET: secret, SSL_CERT_FILE: trusted },
  })
  const page = await openPage(browser, { language: 'en' })
  await go(page, `${server.address}/meetings/${meeting}/mail?kind=portal`)
  await page.locator('#readers').fill(reader)
  await sendLetter(page)
  await reloadUntil(page, page.locator('#state.sent, .verdict.failed'))
  const told = (await page.locator('main').innerText()).replace(/\s+/g, ' ')
  await closePage(page)
  await server.stop()
  return { told, letters: office.letters.filter((one) => one.to.includes(reader)) }
}

for (const [tls, wrapped] of [['starttls', false], ['tls', true]]) {
  test(`a letter goes hidden and signed in by ${tls}`, async () => {
    const office = await postOffice({ certificate, wrapped, login })
    const { told, letters } = await sent(office, { tls })
    assert.equal(letters.length, 1, told)
    assert.deepEqual([letters[0].secure, letters[0].user], [true, login.name])
    await office.stop()
  })
}

test('a wrong secret is told in the server’s words, without the secret', async () => {
  const office = await postOffice({ certificate, login })
  const { told, letters } = await sent(office, { tls: 'starttls', secret: 'fel ord' })
  assert.equal(letters.length, 0)
  assert.match(told, /535.*Wrong name or secret/i)
  assert.ok(!told.includes('fel ord'))
  await office.stop()
})

test('a server that cannot hide the way gets no letter and no secret', async () => {
  const office = await postOffice()
  const { told, letters } = await sent(office, { tls: 'starttls' })
  assert.equal(letters.length, 0)
  assert.match(told, /STARTTLS/i)
  await office.stop()
})

test('a server that nobody vouches for gets none either', async () => {
  const office = await postOffice({ certificate, login })
  const { told, letters } = await sent(office, { tls: 'starttls', trusted: strange })
  assert.equal(letters.length, 0)
  assert.match(told, /certificate|UnknownIssuer|BadSignature/i)
  await office.stop()
})
