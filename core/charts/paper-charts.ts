import * as z from 'zod'
import json from '../../resources/reference/paper-charts.json' with { type: 'json' }
import { SANS } from '../map/svg.ts'
import { bilingualText, provenance } from '../reference/provenance.ts'
import type { ChartTheme } from './chart.ts'

const colour = z.string().regex(/^#[0-9A-F]{6}$/)

/** Shape of `resources/reference/paper-charts.json`. */
export const paperChartsSchema = z.strictObject({
  greenprint: z.literal('paper-charts/1'),
  note: bilingualText,
  ...provenance,
  colours: z.strictObject({
    ink: colour,
    soft: colour,
    line: colour,
    paper: colour,
    accent: colour,
    info: colour,
    warning: colour,
    danger: colour,
  }),
  /** Contrast on paper that colours of text, and those of bars and lines that carry figures, have at least (WCAG 2.2). */
  leastContrast: z.strictObject({ text: z.number().min(1), graphics: z.number().min(1) }),
  /** In pixels of 1/96 inch. */
  fontPx: z.number().positive(),
})

export const PAPER_CHARTS_DATA = paperChartsSchema.parse(json)

/** The memo's charts: black on white, told apart by pattern as well as colour. Widths are the paper's, in pixels of 1/96 inch. */
export const PAPER_CHARTS: ChartTheme = {
  ...PAPER_CHARTS_DATA.colours,
  font: SANS,
  fontPx: PAPER_CHARTS_DATA.fontPx,
  patterns: true,
}
