// The drop zone of the import page: files dropped anywhere on it land in its file input, and their names are shown.

export function readyDropZones(): void {
  for (const zone of document.querySelectorAll<HTMLElement>('[data-drop-zone]')) ready(zone)
}

function ready(zone: HTMLElement): void {
  const input = zone.querySelector<HTMLInputElement>('input[type=file]')
  if (!input) return
  const mark = (over: boolean) => zone.toggleAttribute('data-over', over)
  zone.addEventListener('dragover', (event) => {
    event.preventDefault()
    mark(true)
  })
  zone.addEventListener('dragleave', () => mark(false))
  zone.addEventListener('drop', (event) => {
    event.preventDefault()
    mark(false)
    if (!event.dataTransfer?.files.length) return
    input.files = event.dataTransfer.files
    show(zone, input)
  })
  input.addEventListener('change', () => show(zone, input))
  zone.closest('form')?.addEventListener('submit', () => zone.setAttribute('data-sending', ''))
}

function show(zone: HTMLElement, input: HTMLInputElement): void {
  const list = zone.querySelector('[data-chosen]')
  if (!list) return
  const items = [...(input.files ?? [])].map((file) => {
    const item = document.createElement('li')
    item.textContent = `${file.name} · ${size(file.size)}`
    return item
  })
  list.replaceChildren(...items)
}

function size(bytes: number): string {
  const megabytes = bytes / 1e6
  const digits = { maximumFractionDigits: megabytes < 10 ? 1 : 0 }
  return bytes < 1e5
    ? `${Math.ceil(bytes / 1000)} kB`
    : `${megabytes.toLocaleString(document.documentElement.lang, digits)} MB`
}
