import fs from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { cliFolder } from './testing.ts'

const { at, greenprint, importedCity } = cliFolder('map')

beforeAll(() => void importedCity('cat'), 120_000)

interface Printed {
  scale: number
  sizeMm: [number, number]
  pages: number
  leftOut: { zh: string; en: string }[]
  sha256: string
}

describe('greenprint map', { timeout: 240_000 }, () => {
  const map = (...options: string[]) => greenprint<Printed>('map', '--catalogue', at('cat'), ...options)

  it('prints the plan at the scale that is asked for, and says what it printed', () => {
    const { status, document, stderr } = map('--paper', 'A3', '--scale', '1:25 000', '--out', at('map.pdf'))
    expect([status, document]).toMatchObject([0, { scale: 25_000, sizeMm: [420, 297], pages: 1 }])
    expect(stderr).toContain('1:25000')
    expect(fs.readFileSync(at('map.pdf')).subarray(0, 5).toString()).toBe('%PDF-')
  })

  it('cuts a sheet for a smaller printer, and draws one whole for other programs', () => {
    expect(map('--paper', 'A2', '--printer', 'A4', '--lang', 'en', '--out', at('cut.pdf')).document.pages).toBe(6)
    const roles = ['--layers', 'landuse_plan', '--palette', 'grey', '--title', '甲 & 乙']
    expect(map(...roles, '--out', at('map.svg')).document).toMatchObject({ sizeMm: [297, 210], pages: 1 })
    const svg = fs.readFileSync(at('map.svg'), 'utf8')
    expect(svg).toContain('甲 &amp; 乙')
    expect(svg).not.toContain('绿环')
  })

  it('draws the sheet as a picture without a screen, in its size on paper, grids and all', () => {
    const plain = map('--paper', 'A4', '--printer', 'A4', '--lang', 'en', '--out', at('map.png'))
    expect([plain.status, plain.document]).toMatchObject([0, { sizeMm: [297, 210], pages: 1 }])
    const png = fs.readFileSync(at('map.png'))
    expect([png.toString('latin1', 1, 4), png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual(['PNG', 1754, 1240])
    const density = png.indexOf('pHYs')
    expect([png.readUInt32BE(density + 4), png.readUInt32BE(density + 8), png[density + 12]]).toEqual([5906, 5906, 1])
    expect(map('--paper', 'A4', '--with', 'grids', '--lang', 'en', '--out', at('grids.png')).document.sha256).not.toBe(
      plain.document.sha256,
    )
    expect(map('--sign', at('no.p12'), '--out', at('map.png')).status).toBe(2)
  })

  it('draws overlays, grids and what else is named, says what it could not, and refuses what it does not know', () => {
    const drawn = map('--with', 'findings,basemap,grids,gaps', '--lang', 'en', '--out', at('with.svg'))
    expect(drawn.document.leftOut).toMatchObject([{ zh: '底图（未设置）' }])
    expect(drawn.stderr).toContain('Could not be drawn: basemap')
    const svg = fs.readFileSync(at('with.svg'), 'utf8')
    expect(svg.match(/<image [^>]*href="data:image\/png;base64,/g)).toHaveLength(1)
    expect(svg).toContain('Tree canopy')
    expect(svg).toMatch(/>Gaps[^<]*</)
    expect(map('--with', 'castles', '--out', at('none.pdf')).status).toBe(2)
  })

  it('refuses a paper, a layer or a file that it does not know, before it writes anything', () => {
    expect(map('--paper', 'B5', '--out', at('none.pdf')).status).toBe(2)
    expect(map('--layers', 'castles', '--out', at('none.pdf')).status).toBe(2)
    expect(map('--out', at('none.docx')).status).toBe(2)
    const nowhere = map('--scale', '1000', '--centre', '900000,900000', '--out', at('none.pdf'))
    expect([nowhere.status, nowhere.document]).toMatchObject([3, { error: { code: 'map.nothing-to-print' } }])
    expect(fs.existsSync(at('none.pdf'))).toBe(false)
  })
})
