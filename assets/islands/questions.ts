// Asks before a form is sent that takes something away; without script the form is sent at once.

export function askBeforeSubmitting(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement)) return
    const question = form.dataset['question']
    if (question && !window.confirm(question)) event.preventDefault()
  })
}
