import { message, type MessageTable } from './message.ts'

/** Failures of comparing two versions of a plan as a whole. */
export const compareMessages = {
  'compare.no-common-plane': (p: { before: string; after: string }) =>
    message(
      [
        '两个方案无法比较',
        `“${p.before}”与“${p.after}”中有一个没有地理坐标（只有平面坐标），无法放到同一平面内。`,
        '请为缺少坐标系的方案指定坐标系后重新导入，再比较。',
      ],
      [
        'These plans cannot be compared',
        `One of “${p.before}” and “${p.after}” has no place on Earth (plain coordinates only), so that they share no plane.`,
        'Import the plan without a coordinate system again, naming its system, and compare then.',
      ],
    ),
} satisfies MessageTable
