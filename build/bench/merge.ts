import path from 'node:path'
import { AppError } from '#core/errors.ts'
import type { Actor } from '#db/actor.ts'
import { findingDraft, removeTempDirs } from '#db/testing/fixtures.ts'
import { visible } from '#db/testing/shared-history.ts'
import { fillOffice, office, quiet } from '#backend/share/testing.ts'

/**
 * 20 offices receive a plan, write 100 findings each, and send a package back; the lead opens, checks and merges all of them in one step,
 * and undoes it. Prints wall and CPU seconds. Aim: merged in under 5 s.
 */
const offices = Number(process.argv[2] ?? 20)
const findings = Number(process.argv[3] ?? 100)
const LEAD: Actor = { name: '林青', office: '' }

async function seconds<T>(what: string, work: () => Promise<T> | T): Promise<T> {
  const [started, cpu] = [performance.now(), process.cpuUsage()]
  const value = await work()
  const { user, system } = process.cpuUsage(cpu)
  console.log(`  ${what}: ${((performance.now() - started) / 1e3).toFixed(2)} s, CPU ${((user + system) / 1e6).toFixed(2)} s`)
  return value
}

const lead = office(LEAD)
try {
  const { plan, review } = fillOffice(lead, LEAD, 10)
  const out = path.join(lead.dir, 'out.greenprint')
  await lead.shares.export({ planId: plan.id, withPlan: true, passphrase: null, target: lead.save(out) }, quiet)
  const back: string[] = []
  for (let at = 0; at < offices; at += 1) {
    const actor: Actor = { name: `专家 ${at + 1}`, office: '' }
    const guest = office(actor)
    await guest.shares.merge({ files: guest.choose(out), passphrase: null }, quiet)
    for (let n = 0; n < findings; n += 1)
      guest.catalogue.commands.addFinding(review.id, findingDraft(`${actor.name}：第 ${n} 处`), actor)
    const file = path.join(lead.dir, `back-${at}.greenprint`)
    await guest.shares.export({ planId: plan.id, withPlan: false, passphrase: null, target: guest.save(file) }, quiet)
    back.push(file)
    await guest.close()
  }
  console.log(`${offices} packages of ${findings} findings each`)
  const before = JSON.stringify(visible(lead.catalogue, plan.id))
  const receipt = await seconds('open, check and merge', () =>
    lead.shares.merge({ files: lead.choose(...back), passphrase: null }, quiet),
  )
  const { in: all, merged, already, conflicts, dropped } = receipt
  console.log(`  in ${all}, merged ${merged}, already there ${already}, conflicts ${conflicts}, dropped ${dropped}`)
  await seconds('the same again', () => lead.shares.merge({ files: lead.choose(...back), passphrase: null }, quiet))
  await seconds('conflicts', () => lead.shares.conflicts(plan.id))
  await seconds('undo of the whole merge', () => void lead.catalogue.commands.undo(LEAD))
  if (JSON.stringify(visible(lead.catalogue, plan.id)) !== before) throw new AppError('history.conflict', { what: plan.id })
} finally {
  await lead.close()
  removeTempDirs()
}
