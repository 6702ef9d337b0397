import type { Same } from '../same.ts'
import type * as zh from '../zh/windows.ts'

export const windows: Same<typeof zh.windows> = {
  second: 'Second window',
  openMap: 'Move the map to a second window',
  openChecklist: 'Move the checklist to a second window',
  openFindings: 'Move the findings to a second window',
  panel_map: 'Map',
  panel_checklist: 'Checklist',
  panel_findings: 'Findings',
  away_map: 'The map is in the second window.',
  away_checklist: 'The checklist is in the second window.',
  away_findings: 'The findings are in the second window.',
  bringBack: 'Bring it back',
  giveBack: 'Back to the main window',
  toFront: 'Go to that window',
  hereToo: 'Show a map here too',
  follow: 'Maps follow each other',
  returned: 'Back in the main window',
  returnedHint: 'You can close this window.',
}
