import Database from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Box } from './gpkg-geometry.ts'
import { packedRtree } from './packed-rtree.ts'

function indexOf(boxes: readonly Box[], firstFid: number): Database.Database {
  const db = new Database(':memory:')
  db.exec('CREATE VIRTUAL TABLE rtree_t_geom USING rtree(id, minx, maxx, miny, maxy)')
  const index = packedRtree()
  for (const box of boxes) index.add(box)
  index.write(db, 't', firstFid)
  return db
}

const check = (db: Database.Database): unknown => db.prepare(`SELECT rtreecheck('rtree_t_geom')`).pluck().get()

describe('an index filled at once', () => {
  it('answers every search as a full scan does, and SQLite finds it sound', () => {
    const place = fc.double({ min: -4e7, max: 4e7, noNaN: true })
    const size = fc.double({ min: 0, max: 5e4, noNaN: true })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(place, place, size, size), { minLength: 1, maxLength: 400 }),
        fc.tuple(place, place),
        (members, [x, y]) => {
          const boxes = members.map(([minX, minY, width, height]): Box => [minX, minY, minX + width, minY + height])
          const db = indexOf(boxes, 7)
          expect(check(db)).toBe('ok')
          const around: Box = [x - 1e6, y - 1e6, x + 1e6, y + 1e6]
          const found = new Set(
            db
              .prepare('SELECT id FROM rtree_t_geom WHERE maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ?')
              .pluck()
              .all(around[0], around[2], around[1], around[3]) as number[],
          )
          // Stored edges are rounded outwards: what meets the window is never missed.
          const meets = (box: Box) => box[0] <= around[2] && box[2] >= around[0] && box[1] <= around[3] && box[3] >= around[1]
          expect(boxes.flatMap((box, i) => (meets(box) && !found.has(i + 7) ? [i] : []))).toEqual([])
          expect(db.prepare('SELECT count(*) FROM rtree_t_geom').pluck().get()).toBe(boxes.length)
          db.close()
        },
      ),
      { numRuns: 60 },
    )
  })

  it('has several levels, and other programs may go on editing it', () => {
    const boxes = Array.from({ length: 30_000 }, (_, i): Box => [i % 173, i / 173, (i % 173) + 1, i / 173 + 1])
    const db = indexOf(boxes, 1)
    expect(check(db)).toBe('ok')
    db.prepare('DELETE FROM rtree_t_geom WHERE id BETWEEN 100 AND 9000').run()
    db.prepare('INSERT INTO rtree_t_geom VALUES (50000, 5, 6, 5, 6)').run()
    db.prepare('UPDATE rtree_t_geom SET minx = 0 WHERE id = 20000').run()
    expect(check(db)).toBe('ok')
    expect(db.prepare('SELECT count(*) FROM rtree_t_geom').pluck().get()).toBe(30_000 - 8901 + 1)
    db.close()
  })

  it('stays empty without rows', () => {
    const db = indexOf([], 1)
    expect(check(db)).toBe('ok')
    db.close()
  })
})
