import { basemap } from './basemap.ts'
import { catalogue } from './catalogue.ts'
import { compare } from './compare.ts'
import { common, history, level, lost, settings, shortcuts, verify } from './common.ts'
import { flip } from './flip.ts'
import { importing } from './importing.ts'
import { map } from './map.ts'
import { opportunity } from './opportunity.ts'
import { overlays } from './overlays.ts'
import { monitoring, results } from './results.ts'
import { checklist, findings, memo, workbench } from './review.ts'
import { sheets } from './sheets.ts'
import { sides } from './sides.ts'

/** Every word of the screen in Chinese. Sentences of errors, indicators and checklists live with those. */
export const zh = {
  common,
  lost,
  level,
  catalogue,
  compare,
  results,
  monitoring,
  importing,
  flip,
  workbench,
  map,
  opportunity,
  basemap,
  overlays,
  sheets,
  sides,
  checklist,
  findings,
  memo,
  verify,
  history,
  settings,
  shortcuts,
}
