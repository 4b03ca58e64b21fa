// Passkeys: asks the device to make one, or to answer with one, and brings the answer to the server. Buttons that cannot do
// anything here stay hidden.

interface Asked {
  begun: string
  asks: Record<string, unknown> & { challenge: string; user?: { id: string }; excludeCredentials?: Listed[]; allowCredentials?: Listed[] }
}
interface Listed {
  id: string
}

export function readyPasskeys(): void {
  if (!window.PublicKeyCredential || !navigator.credentials) return
  for (const box of document.querySelectorAll<HTMLElement>('[data-passkey]')) {
    box.hidden = false
    const form = box.querySelector('form')
    form?.addEventListener('submit', (event) => {
      event.preventDefault()
      void run(box, form)
    })
  }
}

async function run(box: HTMLElement, form: HTMLFormElement): Promise<void> {
  const words = box.querySelector<HTMLElement>('[data-trouble]')
  if (words) words.hidden = true
  const button = form.querySelector('button')
  if (button) button.disabled = true
  try {
    const { password, ...fields } = Object.fromEntries(new FormData(form).entries())
    const { begun, asks } = (await post(`${form.action}/begin`, { password })) as Asked
    const answer = box.dataset['passkey'] === 'new' ? await make(asks) : await ask(asks)
    const { to } = (await post(form.action, { ...fields, begun, answer })) as { to: string }
    location.assign(to)
  } catch (trouble) {
    if (!words) return
    // The browser's own words for "called off" help nobody; the page has better ones.
    words.textContent = trouble instanceof Refused ? trouble.message : (words.dataset['trouble'] ?? '')
    words.hidden = false
  } finally {
    if (button) button.disabled = false
  }
}

class Refused extends Error {}

async function post(address: string, body: unknown): Promise<unknown> {
  const headers = { 'content-type': 'application/json', accept: 'application/json' }
  const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) })
  const told: unknown = await answer.json().catch(() => ({}))
  if (answer.ok) return told
  const { message, code } = told as { message?: string; code?: string }
  throw new Refused(message ? `${message} ${code ?? ''}` : String(answer.status))
}

async function make(asks: Asked['asks']): Promise<unknown> {
  const user = { ...asks.user, id: bytes(asks.user?.id ?? '') }
  const publicKey = { ...asks, challenge: bytes(asks.challenge), user, excludeCredentials: listed(asks.excludeCredentials) }
  const made = await navigator.credentials.create({ publicKey: publicKey as unknown as PublicKeyCredentialCreationOptions })
  const credential = made as PublicKeyCredential
  const response = credential.response as AuthenticatorAttestationResponse
  return told(credential, {
    attestationObject: word(response.attestationObject),
    clientDataJSON: word(response.clientDataJSON),
    transports: response.getTransports?.() ?? [],
  })
}

async function ask(asks: Asked['asks']): Promise<unknown> {
  const publicKey = { ...asks, challenge: bytes(asks.challenge), allowCredentials: listed(asks.allowCredentials) }
  const given = await navigator.credentials.get({ publicKey: publicKey as unknown as PublicKeyCredentialRequestOptions })
  const credential = given as PublicKeyCredential
  const response = credential.response as AuthenticatorAssertionResponse
  return told(credential, {
    authenticatorData: word(response.authenticatorData),
    clientDataJSON: word(response.clientDataJSON),
    signature: word(response.signature),
    userHandle: response.userHandle ? word(response.userHandle) : null,
  })
}

function told(credential: PublicKeyCredential, response: unknown): unknown {
  const extensions = credential.getClientExtensionResults()
  return { id: credential.id, rawId: word(credential.rawId), type: credential.type, response, extensions }
}

function listed(list?: Listed[]): unknown[] {
  return (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }))
}

// Bytes travel as base64 for addresses, without its end signs.
function bytes(word: string): ArrayBuffer {
  const plain = atob(word.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0)).buffer
}

function word(buffer: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(buffer))
  return btoa(plain).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
