import type { EvidenceFeature } from '../model/measurement.ts'
import { roleInfo, ROLE_IDS } from '../model/roles.ts'
import type { ChangedGround } from '../plan-diff/ground.ts'
import { bilingual, type Bilingual } from '../text.ts'
import { SEVERITIES, statusOf, type Finding, type FindingStatus } from './finding.ts'
import type { Mark } from './mark.ts'
import { STATUS_WORDS } from './words.ts'

/** Why raising something now is hard to defend before the applicant. */
export const GUARD_CODES = ['accepted-before', 'severity-raised', 'could-have-been-raised'] as const
export type GuardCode = (typeof GUARD_CODES)[number]

/** A warning, never a refusal: the reviewer gives a reason, which is kept in the finding's thread. */
export interface GuardNote {
  code: GuardCode
  /** The finding of the earlier round that it contradicts; null where there was none. */
  number: number | null
  text: Bilingual
}

/** What is raised: an item and its places in the newer plan. */
export interface Raised {
  item: string | null
  evidence: readonly Pick<EvidenceFeature, 'layer' | 'fid'>[]
  mark?: Mark
}

/** A finding that came over from the earlier round, as it is now and as that round left it. */
export interface CarriedPair {
  now: Finding
  earlier: Finding
}

const ACCEPTED: ReadonlySet<FindingStatus> = new Set(['resolved', 'verified', 'exception'])
const isAccepted = (finding: Finding): boolean => ACCEPTED.has(statusOf(finding))

type Box = [minX: number, minY: number, maxX: number, maxY: number]

function boxOf({ xyM }: Mark): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity]
  for (let at = 0; at + 1 < xyM.length; at += 2) {
    const [x, y] = [xyM[at] ?? 0, xyM[at + 1] ?? 0]
    box[0] = Math.min(box[0], x)
    box[1] = Math.min(box[1], y)
    box[2] = Math.max(box[2], x)
    box[3] = Math.max(box[3], y)
  }
  return box
}

const meet = (a: Box, b: Box): boolean => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]

/** Two findings speak of one place when they share a feature, or the boxes of their marks meet. */
function isSamePlace(raised: Raised, finding: Finding): boolean {
  const named = new Set(finding.evidence.map(({ layer, fid }) => `${layer}/${fid}`))
  if (raised.evidence.some(({ layer, fid }) => named.has(`${layer}/${fid}`))) return true
  return raised.mark !== undefined && finding.mark !== undefined && meet(boxOf(raised.mark), boxOf(finding.mark))
}

/** True only when every place is known to be as it was. */
function isGroundUnchanged({ evidence, mark }: Raised, { fids, boxesM }: ChangedGround): boolean {
  if (evidence.length === 0 && mark === undefined) return false
  const changed = (layer: string, fid: number) => {
    const role = ROLE_IDS.find((id) => id === layer)
    return role !== undefined && (fids[role]?.includes(fid) ?? false)
  }
  if (evidence.some(({ layer, fid }) => changed(layer, fid))) return false
  if (mark === undefined) return true
  const box = boxOf(mark)
  for (let at = 0; at + 3 < boxesM.length; at += 4) {
    const [minX = 0, minY = 0, maxX = 0, maxY = 0] = boxesM.slice(at, at + 4)
    if (meet(box, [minX, minY, maxX, maxY])) return false
  }
  return true
}

/**
 * What speaks against raising this in a later round: an earlier round accepted the same item at the same place, or it could have
 * been said then, because nothing changed there. `ground` null: not known, nothing is claimed about it.
 */
export function contradictions(raised: Raised, carried: readonly CarriedPair[], ground: ChangedGround | null): GuardNote[] {
  const same = carried.filter(({ now, earlier }) => earlier.item === raised.item && isSamePlace(raised, now))
  const accepted = same.filter(({ earlier }) => isAccepted(earlier)).map(({ earlier }) => acceptedNote(earlier))
  if (same.length > 0 || ground === null || !isGroundUnchanged(raised, ground)) return accepted
  const roles = [...new Set(raised.evidence.map(({ layer }) => layer))].flatMap(
    (layer) => ROLE_IDS.find((id) => id === layer) ?? [],
  )
  const where = (lang: 'zh' | 'en') => roles.map((role) => roleInfo(role).title[lang]).join(lang === 'zh' ? '、' : ', ')
  return [
    {
      code: 'could-have-been-raised',
      number: null,
      text: bilingual(
        `该处${roles.length === 0 ? '' : `（${where('zh')}）`}与上一轮相同，上一轮没有提出此项意见，本可在首轮提出。`,
        `Nothing changed here${roles.length === 0 ? '' : ` (${where('en')})`} since the earlier round, which raised nothing of the kind: it could have been raised then.`,
      ),
    },
  ]
}

const acceptedNote = (earlier: Finding): GuardNote => ({
  code: 'accepted-before',
  number: earlier.number,
  text: bilingual(
    `上一轮的意见 ${earlier.number} 涉及同一位置和清单项，当时已是“${STATUS_WORDS[statusOf(earlier)].zh}”。`,
    `Finding ${earlier.number} of the earlier round, on the same place and item, was “${STATUS_WORDS[statusOf(earlier)].en}” then.`,
  ),
})

/** What speaks against how a carried finding stands now: reopened after it was accepted, or asked for more strictly. */
export function hardening({ now, earlier }: CarriedPair): GuardNote[] {
  const notes: GuardNote[] = []
  if (isAccepted(earlier) && !isAccepted(now)) notes.push(acceptedNote(earlier))
  if (SEVERITIES.indexOf(now.severity) < SEVERITIES.indexOf(earlier.severity))
    notes.push({
      code: 'severity-raised',
      number: earlier.number,
      text: bilingual(
        `意见 ${now.number} 的类别比上一轮更严。`,
        `Finding ${now.number} asks for more than in the earlier round.`,
      ),
    })
  return notes
}
