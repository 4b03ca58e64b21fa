// The keyboard: `?` shows what there is, `/` searches, `g` and a letter goes to the page of the menu that has it.

const PATIENCE = 1500

let goingSince = 0

export function listenForKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return
    if (event.key === '?') return help(event)
    if (event.key === '/') return search(event)
    if (event.key === 'g') {
      goingSince = performance.now()
      return
    }
    const page = document.querySelector<HTMLAnchorElement>(`.menu a[data-letter="${CSS.escape(event.key)}"]`)
    if (page && performance.now() - goingSince < PATIENCE) location.assign(page.href)
    goingSince = 0
  })
  document.addEventListener('click', (event) => {
    if (event.target instanceof Element && event.target.closest('[data-shortcuts]')) showHelp()
  })
}

function writing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
}

function help(event: Event): void {
  event.preventDefault()
  showHelp()
}

function showHelp(): void {
  document.querySelector<HTMLDialogElement>('#shortcuts')?.showModal()
}

function search(event: Event): void {
  const field = document.querySelector<HTMLInputElement>('[data-search]')
  if (!field) return
  event.preventDefault()
  field.closest('details')?.setAttribute('open', '')
  field.focus()
  field.select()
}
