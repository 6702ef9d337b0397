import { message, type MessageTable } from './message.ts'

/** What can go wrong with a second window. */
export const windowMessages = {
  'windows.blocked': (_: Record<string, never>) =>
    message(
      [
        '第二个窗口未能打开',
        '浏览器拦截了弹出窗口。',
        '请在地址栏允许本地址（127.0.0.1）弹出窗口，然后再按一次。地图仍在本窗口。',
      ],
      [
        'The second window did not open',
        'The browser blocks pop-ups.',
        'Allow pop-ups of this address (127.0.0.1) in the address bar, then press again. The map stays in this window.',
      ],
    ),
} satisfies MessageTable
