import fs from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { PlanId } from '#core/model/ids.ts'
import { formDataOf } from '#core/reply/form.ts'
import type { ReplyForm } from '#core/reply/pack.ts'
import type { MergeReceipt } from '#core/share/receipt.ts'
import { withSession } from './session.ts'
import { cliFolder, QUIET } from './testing.ts'

const { at, greenprint, measuredCity, revisedCity } = cliFolder('package')
let planId: PlanId

beforeAll(() => {
  planId = measuredCity('lead')
  greenprint('review', '--catalogue', at('lead'), '--item', 'A04', '--level', '2', '--reason', '现场踏勘')
  fs.writeFileSync(at('words.txt'), '青岚 2035 绿楔\n')
}, 120_000)

describe('greenprint package, verify and merge', { timeout: 180_000 }, () => {
  it('write a sealed package, check it, and bring it into another catalogue', () => {
    const secret = ['--passphrase-file', at('words.txt')]
    const made = greenprint<{ encrypted: boolean; counts: { decisions: number } }>(
      'package',
      planId,
      '-o',
      at('x.greenprint'),
      '--catalogue',
      at('lead'),
      '--with-plan',
      ...secret,
    )
    expect(made).toMatchObject({ status: 0, document: { encrypted: true, counts: { decisions: 3 } } })
    expect(greenprint('verify', at('x.greenprint'), ...secret)).toMatchObject({ status: 0, document: { match: true } })
    expect(greenprint('verify', at('x.greenprint'))).toMatchObject({ status: 3 })
    const merged = greenprint<{ receipt: MergeReceipt }>('merge', at('guest'), at('x.greenprint'), ...secret, '--lang', 'en')
    expect(merged).toMatchObject({ status: 0, document: { receipt: { already: 0, dropped: 0, conflicts: 0 } } })
    expect(merged.stderr).toContain('0 dropped')
    const back = greenprint('package', planId, '-o', at('y.greenprint'), '--catalogue', at('guest'))
    expect(back.status).toBe(0)
    const again = greenprint<{ receipt: MergeReceipt }>('merge', at('lead'), at('y.greenprint'))
    expect(again.document.receipt).toMatchObject({ merged: 0, dropped: 0 })
  })

  it('say which file is damaged, and merge without a catalogue into a new package', () => {
    greenprint('package', planId, '-o', at('plain.greenprint'), '--catalogue', at('lead'), '--with-plan')
    const one = greenprint<{ file: string }>('merge', at('plain.greenprint'), '-o', at('one.greenprint'))
    expect(one).toMatchObject({ status: 0, document: { file: at('one.greenprint') } })
    const bytes = fs.readFileSync(at('plain.greenprint'))
    bytes.fill(7, 400, 440)
    fs.writeFileSync(at('damaged.greenprint'), bytes)
    expect(greenprint('verify', at('damaged.greenprint'))).toMatchObject({ status: 4, document: { match: false } })
    expect(greenprint('merge', at('guest'), at('damaged.greenprint')).status).toBe(3)
    expect(greenprint('merge', at('plain.greenprint')).status).toBe(2)
  })

  it('print a memo that carries its review, say whether it is in accord, and bring it into an empty catalogue', () => {
    const outputs = [
      '--memo',
      at('memo.pdf'),
      '--sidecar',
      at('side.greenprint'),
      '--findings',
      at('findings.csv'),
      '--with-plan',
    ]
    const printed = greenprint<{ seal: string; files: { format: string }[] }>('memo', '--catalogue', at('lead'), ...outputs)
    expect(printed).toMatchObject({
      status: 0,
      document: { files: [{ format: 'pdf' }, { format: 'greenprint' }, { format: 'csv' }] },
    })
    // How large the plan is, is said before anything is written.
    expect(printed.stderr).toMatch(/(随附规划数据：压缩前|With the plan’s data:) [\d.]+ MiB[^]*memo\.pdf/)
    expect(greenprint('memo', '--catalogue', at('lead'), '--findings', at('findings.txt')).status).toBe(2)
    expect(greenprint('verify', at('memo.pdf'))).toMatchObject({
      status: 0,
      document: { match: true, sealStored: printed.document.seal },
    })
    expect(greenprint('verify', at('side.greenprint'))).toMatchObject({ status: 0, document: { match: true } })
    const merged = greenprint<{ receipt: MergeReceipt }>('merge', at('empty'), at('memo.pdf'), at('side.greenprint'))
    expect(merged).toMatchObject({ status: 0, document: { receipt: { dropped: 0, conflicts: 0 } } })
    revisedCity('revised')
    const { plan } = greenprint<{ plan: { id: string } }>(
      'import',
      at('revised', 'plan.json'),
      '--catalogue',
      at('later'),
    ).document
    const onto = plan.id
    const round = greenprint<{ carried: number; how: string }>('round', at('later'), '--after', onto, '--memo', at('memo.pdf'))
    expect(round).toMatchObject({ status: 0, document: { how: 'compared', planId: onto } })
    expect(round.stderr).toContain('条有位置未能找到')
    fs.writeFileSync(at('cut.pdf'), fs.readFileSync(at('memo.pdf')).subarray(0, 40_000))
    expect(greenprint('merge', at('empty'), at('cut.pdf')).status).toBe(3)
  })
})

describe('greenprint reply', { timeout: 180_000 }, () => {
  it('writes findings for the applicant to answer, reads the answers, and brings them in once', async () => {
    await withSession(at('lead'), QUIET, async (session) => {
      const { review } = await session.call('reviews.open', { planId, checklistId: 'green-low-carbon' })
      for (const text of ['绿廊被道路切断', '公园入口缺失'])
        await session.call('findings.add', { reviewId: review.id, item: null, severity: 'must', text, action: '', evidence: [] })
    })
    const common = ['--catalogue', at('lead')]
    const made = greenprint<{ questions: number }>('reply', 'make', planId, '-o', at('ask.html'), ...common)
    expect(made).toMatchObject({ status: 0, document: { questions: 2, format: 'html' } })
    expect(greenprint('reply', 'make', planId, '-o', at('ask.xlsx'), ...common).status).toBe(0)
    expect(greenprint('reply', 'make', planId, '-o', at('ask.docx'), ...common).status).toBe(2)
    const page = fs.readFileSync(at('ask.html'), 'utf8')
    const form = JSON.parse(formDataOf(page) ?? '') as ReplyForm
    const answers = {
      by: '设计院',
      on: '2026-03-20',
      answers: [{ key: form.pack.questions[0]?.key, text: '已补齐', says: 'adopted' }],
    }
    const filled = JSON.stringify({ ...form, answers }).replaceAll('<', '\\u003c')
    fs.writeFileSync(
      at('answered.html'),
      page.replace(/(id="greenprint-reply">)[^<]*/, (_, tag: string) => tag + filled),
    )
    const looked = greenprint('reply', 'read', at('answered.html'), ...common)
    expect(looked).toMatchObject({ status: 0, document: { files: [{ view: { by: '设计院', here: { missing: [] } } }] } })
    expect(looked.stderr).toContain('可带入 1 条')
    const brought = greenprint('reply', 'read', at('answered.html'), '--bring', ...common)
    expect(brought).toMatchObject({ status: 0, document: { brought: [{ brought: 1, numbers: ['1'] }] } })
    expect(greenprint('reply', 'read', at('answered.html'), '--bring', ...common).stderr).toContain('已在本库 1 条')
    expect(greenprint('findings', planId, ...common)).toMatchObject({
      document: { findings: [{ status: 'answered', replies: 1 }, { status: 'open' }] },
    })
    expect(greenprint('memo', '--html', at('memo.html'), ...common).status).toBe(0)
    expect(fs.readFileSync(at('memo.html'), 'utf8')).toContain('采纳：已补齐（设计院，2026-03-20）')
    fs.writeFileSync(at('bad.html'), '<html></html>')
    expect(greenprint('reply', 'read', at('bad.html'), ...common)).toMatchObject({
      status: 3,
      document: { error: { code: 'reply.not-a-reply' } },
    })
    expect(greenprint('reply', 'read', ...common).status).toBe(2)
  })
})
