import tcb from '@cloudbase/node-sdk';

const database = tcb.init({ env: tcb.SYMBOL_CURRENT_ENV, keepalive: true }).database();

/** The least that a function can do: one conditional update. What `use` does beside it is what the rules cost. */
export async function main({ id }: { id: string }): Promise<{ updated: number }> {
  const { updated } = await database
    .collection('benchVouchers')
    .where({ _id: id, status: 'claimed' })
    .update({ status: 'used', version: database.command.inc(1) });
  return { updated: updated as number };
}
