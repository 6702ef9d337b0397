import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { greenprint } from './command-line.ts'
import type { Host } from './fixtures.ts'
import type { ReviewPage } from './pages/review-page.ts'

interface Submissions {
  parcels?: number
  /** Which plans are analysed before the page opens. The first is while it is the only one. */
  analysed?: 'none' | 'first' | 'both'
  /** Called with the folder of the revised plan while its files are there. */
  look?: (revised: string) => void
}

/** Puts a city and its revision into the catalogue of the host from the command line, and opens the page on both. */
export async function openTwoSubmissions(
  { page, review, host }: { page: Page; review: ReviewPage; host: Host },
  { parcels = 1200, analysed = 'none', look }: Submissions = {},
): Promise<void> {
  const dir = mkdtempSync(path.join(tmpdir(), 'greenprint-submissions-'))
  const url = await host.restart(() => {
    for (const [name, ...more] of [['first'], ['second', '--revision']] as const) {
      const city = path.join(dir, name)
      greenprint('sample', city, '--parcels', String(parcels), ...more)
      greenprint('import', path.join(city, 'plan.json'), '--catalogue', host.catalogueDir)
      if (analysed === 'both' || (analysed === 'first' && name === 'first'))
        greenprint('analyse', '--catalogue', host.catalogueDir)
    }
  })
  look?.(path.join(dir, 'second'))
  rmSync(dir, { recursive: true, force: true })
  await page.goto('about:blank')
  await page.goto(url)
  // The page that lost its host complained, rightly.
  review.complaints.length = 0
}
