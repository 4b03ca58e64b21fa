// Letters into a real mail server: nothing before the press, one for a double press, the same entry changed and cancelled.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { closePage, findings, openBrowser, openPage } from '../frame/browser.mjs'
import { go, reloadUntil, sendLetter, tooWide } from '../frame/pages.mjs'
import { fields, postOffice } from '../frame/post.mjs'
import { serveDemo } from '../frame/server.mjs'

let browser, office, server
before(async () => {
  office = await postOffice()
  ;[browser, server] = await Promise.all([openBrowser(), serveDemo({ plan: false, words: office.words })])
})
after(() => Promise.all([browser?.close(), server?.stop(), office?.stop()]))

/** The one calendar entry of a letter, and that it stands in both places. */
function entry({ letter }) {
  const file = letter.attachments.find((one) => one.filename === 'invite.ics')
  assert.ok(file, 'invite.ics is attached')
  assert.ok(letter.attachments.some((one) => one.contentType === 'text/calendar'), 'the entry stands beside the words')
  return fields(file.content.toString())
}

test('an invitation is sent by a press, once, and its cancellation takes the same entry away', async () => {
  const page = await openPage(browser)
  await go(page, `${server.address}/meetings`)
  const address = await page.locator('#ready ~ ul .what a').first().getAttribute('href')
  await go(page, server.address + address)
  await page.locator('[name=begins]').fill('09:30')
  const goal = await page.locator('#our_goal').inputValue()
  await Promise.all([page.waitForResponse((answer) => answer.request().method() === 'POST'), page.locator('form.meeting-form button[value=""]').click()])
  await page.waitForURL(server.address + address)
  await page.locator('#mail').click()
  await page.waitForURL(/\/mail$/)
  await page.locator('#readers').fill('asa@partner.example, bo@partner.example')
  await page.locator('#words').fill('Hej Åsa,\n\nvi ses.\n\nEva')
  assert.equal(office.letters.length, 0, 'nothing before the press')
  // The second press cuts the way of the first short.
  await sendLetter(page, (button) => button.dblclick({ delay: 5 }))
  const invited = await office.next(1)
  assert.deepEqual(invited.to, ['asa@partner.example', 'bo@partner.example'])
  assert.equal(invited.from, 'plan@company.example')
  assert.match(invited.letter.text, /Hej Åsa,\s+vi ses\./)
  const first = entry(invited)
  assert.equal(first.METHOD, 'REQUEST')
  assert.equal(first.STATUS, 'CONFIRMED')
  assert.match(first.DTSTART, /T093000$/)
  assert.ok(goal.length > 3 && !JSON.stringify([invited.letter.text, first]).includes(goal), 'our goal stays with us')
  // The server has the letter a moment before the outbox knows that it has.
  await reloadUntil(page, page.locator('#state.sent'))
  assert.match(await page.locator('#state').innerText(), /skickat/)

  await go(page, server.address + address)
  await page.locator('details', { has: page.locator('[name=reason]') }).locator('summary').click()
  await page.locator('[name=reason]').fill('sjuk')
  await Promise.all([page.waitForResponse((answer) => answer.request().method() === 'POST'), page.locator('button[value=cancel]').click()])
  await page.waitForURL(server.address + address)
  await page.locator('#mail').click()
  await page.waitForURL(/\/mail$/)
  assert.equal(await page.locator('#readers').inputValue(), 'asa@partner.example, bo@partner.example')
  assert.equal(office.letters.length, 1, 'calling off mails nobody, and the double press was one letter')
  await sendLetter(page)
  const second = entry(await office.next(2))
  assert.equal(second.METHOD, 'CANCEL')
  assert.equal(second.STATUS, 'CANCELLED')
  assert.equal(second.UID, first.UID)
  assert.ok(Number(second.SEQUENCE) > Number(first.SEQUENCE), `${second.SEQUENCE} after ${first.SEQUENCE}`)
  await closePage(page)
})

test('the link to the partner’s own page opens it, and the outbox does not show it', async () => {
  const page = await openPage(browser, { language: 'en' })
  await go(page, `${server.address}/meetings/1/mail?kind=portal`)
  await page.locator('#readers').fill('asa@partner.example')
  await sendLetter(page)
  const { letter } = await office.next(3)
  const link = letter.text.match(/http:\S+\/p\/\w+/)[0]
  assert.ok(!(await page.content()).includes(link.split('/p/')[1]))
  const partner = await openPage(browser, { stranger: true, language: 'en' })
  await go(partner, link)
  assert.match(await partner.locator('h1').innerText(), /\w/)
  await closePage(partner)
  await closePage(page)
})

test('letters and the outbox read well on a phone and have no serious finding', async () => {
  for (const [width, language] of [[390, 'sv'], [1400, 'en']]) {
    const page = await openPage(browser, { width, language })
    for (const address of ['/outbox', '/outbox/1', '/meetings/1/mail', '/meetings/1/mail?kind=portal']) {
      await go(page, server.address + address)
      const wider = await tooWide(page)
      assert.ok(wider <= 0, `${address} is ${wider} pixels wider than the screen`)
      assert.deepEqual(await findings(page), [], address)
      if (process.env.SPELPLAN_SCREENS) await page.screenshot({ path: `${process.env.SPELPLAN_SCREENS}/mail${address.replaceAll(/[/?=]/g, '-')}-${width}-${language}.png`, fullPage: true })
    }
    await closePage(page)
  }
})

test('a dry run says so and sends nothing', async () => {
  const dry = await serveDemo({ plan: false, words: [...office.words, '--mail-dry-run'] })
  const page = await openPage(browser, { language: 'en' })
  await go(page, `${dry.address}/meetings/1/mail?kind=portal`)
  assert.match(await page.locator('#road').innerText(), /Dry run: nothing is sent/)
  await page.locator('#readers').fill('asa@partner.example')
  await sendLetter(page)
  await reloadUntil(page, page.locator('#state.kept'))
  assert.match(await page.locator('#state').innerText(), /prepared/)
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator('#file').click()])
  assert.match(file.suggestedFilename(), /^letter-\d+\.eml$/)
  assert.equal(office.letters.length, 3)
  await closePage(page)
  await dry.stop()
})
