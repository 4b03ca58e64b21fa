// The link to the other language leads to the list as it is filtered now, not as it was when the page came.

export function keepPlaceAcrossLanguages(): void {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('[data-language]') : null
    if (!link) return
    const here = new URL(location.href)
    here.searchParams.set('lang', link.hreflang)
    link.href = here.href
  })
}
