// What every page carries: htmx for swapping parts, the keyboard, the drop zone, questions before what cannot be taken back.
import 'htmx.org/dist/htmx.esm.js'
import { listenForKeys } from './keyboard'
import { readyDropZones } from './drop-zone'
import { askBeforeSubmitting } from './questions'
import { readyPasskeys } from './passkeys'
import { keepPlaceAcrossLanguages } from './languages'

listenForKeys()
readyDropZones()
askBeforeSubmitting()
keepPlaceAcrossLanguages()
readyPasskeys()

// A part that could not be fetched is shown as the whole page that says why.
document.addEventListener('htmx:response:error', () => location.reload())
