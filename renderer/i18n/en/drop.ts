import type { Same } from '../same.ts'
import type * as zh from '../zh/drop.ts'

export const drop: Same<typeof zh.drop> = {
  title: 'Release to open',
  release_plan: 'Plan data: read, checked and imported',
  release_sheet: 'A plan sheet: placed on the plan',
  release_basemap: 'A basemap: laid under every plan',
  release_package: 'A review package: looked at, then merged',
  release_memo: 'A memo: its seal is verified',
  release_reply: 'Answers of the applicant: held against the findings, then brought in',
  which: 'What are these files for?',
  whichText: '“{{name}}” can be used in several ways. Choose one.',
  needsPlan: 'Open a plan first, then drop the sheet on it.',
  draftFirst: 'An import was left unfinished. Finish it or start over, then drop the new files.',
  unknown: '“{{name}}” is not known. Plan data, sheets, basemaps, packages, memos and answers can be dropped.',
  done_basemap: 'The basemap is now “{{name}}”.',
}
