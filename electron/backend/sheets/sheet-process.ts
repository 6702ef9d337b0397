import { answerRequests, type Asked } from '../basemap/answer-requests.ts'
import { inspectSheet } from './inspect-sheet.ts'
import { writePicture } from './tiff-sheet.ts'

/** What the backend asks of the sheet process. */
export type SheetRequest = { file: string; shown: string } & ({ ask: 'inspect' } | { ask: 'picture'; target: string })

/** The killable process that reads plan sheets: someone else's PDF or picture, looked at once and let go. */
answerRequests<Asked & SheetRequest>(async (request) => {
  if (request.ask === 'inspect') return inspectSheet(request.file, request.shown)
  return writePicture(request.file, request.shown, request.target)
})
