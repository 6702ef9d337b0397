import type { Client } from '#core/contract/client.ts'
export const fakeClient = async (): Promise<Client> => {
  throw new Error('x')
}
