import { run, type MemoSection } from '../context.ts'

/** When, where and by whom an expert review was held; empty lines are filled in by hand. */
export const meeting: MemoSection = {
  id: 'meeting',
  title: { zh: '评审会议', en: 'Meeting' },
  compose({ say, options }) {
    const rows: [string, string | undefined][] = [
      [say('时间', 'Time'), options.meetingTime],
      [say('地点', 'Place'), options.meetingPlace],
      [say('专家组', 'Experts'), options.experts],
    ]
    return [{ kind: 'facts', rows: rows.map(([label, text]) => ({ label, runs: [run(text || '________________')] })) }]
  },
}
