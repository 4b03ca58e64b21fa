// Lines of promises in a meeting's log: one more of either side where all are written on, and proposals taken over by a press.

const field = (line: HTMLElement, name: string) => line.querySelector<HTMLInputElement>(`[name=${name}]`)

/** All lines of the form. */
export function lines(form: HTMLElement): HTMLElement[] {
  return [...form.querySelectorAll<HTMLElement>('.promise')]
}

/** A line of that side that nothing is promised on: one that stands there, or a copy of its last. */
export function freeLine(form: HTMLElement, side: string): HTMLElement | undefined {
  const own = lines(form).filter((line) => field(line, 'side')?.value === side)
  const free = own.find((line) => !field(line, 'what')?.value)
  const last = own.at(-1)
  if (free || !last) return free
  const more = last.cloneNode(true) as HTMLElement
  // Whoever promised last does most likely again, and the proposed day stands.
  for (const name of ['what', 'trigger']) {
    const blank = field(more, name)
    if (blank) blank.value = ''
  }
  last.after(more)
  return more
}

/** Lets proposals be taken over and lines be added in that form. */
export function offerPromises(form: HTMLElement): void {
  for (const button of form.querySelectorAll<HTMLButtonElement>('button[data-promise]')) {
    button.hidden = false
    const box = button.closest<HTMLElement>('[data-proposals]')
    if (box) box.hidden = false
    button.addEventListener('click', () => {
      const { promise: side = '', what, by } = button.dataset
      const line = freeLine(form, side)
      if (!line) return
      const [words, day] = [field(line, 'what'), field(line, 'by')]
      if (words && what) words.value = what
      if (day && by) day.value = by
      if (what) button.hidden = true
      words?.focus()
    })
  }
}
