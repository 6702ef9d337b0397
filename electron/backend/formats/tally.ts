import { bilingual } from '#core/text.ts'
import type { Note } from '#core/model/plan.ts'
import { STROKED } from './stroke-arcs.ts'

/** Codes of the repairs that name rows. */
const CODES = {
  withoutGeometry: 'geometry.missing',
  vanished: 'geometry.vanished',
  droppedRings: 'geometry.rings-dropped',
  orphanHoles: 'geometry.orphan-holes',
} as const

/** Counts what reading had to do to the geometry of one layer; every count becomes a note, so nothing is silent. */
export class Tally {
  withoutGeometry = 0
  vanished = 0
  closedRings = 0
  droppedRings = 0
  orphanHoles = 0
  exploded = 0
  stroked = 0
  deletedRows = 0
  droppedZ = false
  droppedM = false
  #examples = new Map<string, number[]>()

  /** Remembers up to five rows of a kind of repair, for the reader to look at. */
  remember(what: keyof typeof CODES, row: number): void {
    const rows = this.#examples.get(CODES[what]) ?? []
    if (rows.length < 5 && rows.at(-1) !== row) rows.push(row)
    this.#examples.set(CODES[what], rows)
  }

  notes(): Note[] {
    const notes: Note[] = []
    const rows = (what: keyof typeof CODES): string => (this.#examples.get(CODES[what]) ?? []).join(', ')
    const say = (severity: Note['severity'], code: string, count: number | null, zh: string, en: string): number =>
      notes.push({
        severity,
        code,
        ...(count === null ? {} : { params: { count, rows: this.#examples.get(code) ?? [] } }),
        text: bilingual(zh, en),
      })
    if (this.withoutGeometry > 0) {
      say(
        'warning',
        CODES.withoutGeometry,
        this.withoutGeometry,
        `${this.withoutGeometry} 个要素没有几何（如第 ${rows('withoutGeometry')} 行）`,
        `${this.withoutGeometry} features have no geometry (rows ${rows('withoutGeometry')} …)`,
      )
    }
    if (this.vanished > 0) {
      say(
        'warning',
        CODES.vanished,
        this.vanished,
        `${this.vanished} 个要素的几何退化为空（如第 ${rows('vanished')} 行）`,
        `${this.vanished} features have a geometry with no extent, read as none (rows ${rows('vanished')} …)`,
      )
    }
    if (this.droppedRings > 0) {
      say(
        'warning',
        CODES.droppedRings,
        this.droppedRings,
        `去除了 ${this.droppedRings} 个点数不足的环或线（如第 ${rows('droppedRings')} 行）`,
        `${this.droppedRings} rings or lines with too few points were dropped (rows ${rows('droppedRings')} …)`,
      )
    }
    if (this.orphanHoles > 0) {
      say(
        'warning',
        CODES.orphanHoles,
        this.orphanHoles,
        `${this.orphanHoles} 个内环不在任何外环之内，已作为独立面读取（如第 ${rows('orphanHoles')} 行）`,
        `${this.orphanHoles} holes lie in no shell and were read as polygons of their own (rows ${rows('orphanHoles')} …)`,
      )
    }
    if (this.closedRings > 0)
      say(
        'info',
        'geometry.rings-closed',
        this.closedRings,
        `闭合了 ${this.closedRings} 个未闭合的环`,
        `${this.closedRings} open rings were closed`,
      )
    if (this.exploded > 0)
      say(
        'info',
        'geometry.collections',
        this.exploded,
        `拆分了 ${this.exploded} 个几何集合`,
        `${this.exploded} geometry collections were taken apart`,
      )
    if (this.stroked > 0)
      say(
        'info',
        'geometry.curves-stroked',
        this.stroked,
        `${this.stroked} 个要素含曲线，已离散为折线（${STROKED.zh}）`,
        `${this.stroked} features hold curves, read as straight pieces (${STROKED.en})`,
      )
    if (this.deletedRows > 0)
      say(
        'info',
        'rows.deleted',
        this.deletedRows,
        `跳过了 ${this.deletedRows} 行已标记删除的记录`,
        `${this.deletedRows} rows marked as deleted were skipped`,
      )
    if (this.droppedZ) say('info', 'geometry.z-dropped', null, '忽略了高程（Z）', 'heights (Z) were left out')
    if (this.droppedM) say('info', 'geometry.m-dropped', null, '忽略了测量值（M）', 'measures (M) were left out')
    return notes
  }
}
