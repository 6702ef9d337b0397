import { readFileSync } from 'node:fs'
import path from 'node:path'
import { papersFolder, type PaperLane } from './paper-judge.ts'
import type { Seed } from './seeds.ts'

const FILES: Record<PaperLane, readonly string[]> = {
  'signed-pdf': ['signed.pdf', 'signed-twice.pdf', 'signed-rsa.pdf'],
  memo: ['memo.pdf'],
  package: ['review.greenprint'],
  'reply-xlsx': ['answers.xlsx'],
  'reply-html': ['answers.html'],
  'reply-pack': ['answers.greenprint-reply'],
}

const seed = (name: string): Seed => ({
  name: 'own',
  files: new Map([[name, readFileSync(path.join(papersFolder, name))]]),
  open: name,
})

/** Sound papers for each lane. */
export const paperSeeds = (): Record<PaperLane, Seed[]> => {
  const found = Object.entries(FILES).map(([lane, names]) => [lane, names.map(seed)] as const)
  return Object.fromEntries(found) as Record<PaperLane, Seed[]>
}
