// The same words in Swedish and English, beside where they stand.
export function say(sv: string, en: string): string {
  return document.documentElement.lang === 'sv' ? sv : en
}
