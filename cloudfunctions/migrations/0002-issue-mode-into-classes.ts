import type { ClassId } from '../../miniprogram/contract/ids';
import type { IssueMode } from '../../miniprogram/contract/vouchers';
import { classes } from '../shared/store/classes';
import { ABSENT, above, oneOf } from '../shared/store/query';
import { templates } from '../shared/store/templates';
import type { Migration } from './migration';

const CHUNK = 500;

const MODES: readonly IssueMode[] = ['targeted', 'general'];

const after = (id: string) => ({ _id: above(id as ClassId) });

/** Only the template said how the vouchers of a class are issued; now the class says so itself, without being looked up. */
export const migration: Migration = {
  name: '0002-issue-mode-into-classes',
  changes: '班期记下是定向券还是通用券，不用再查券模板。',

  count: async () => ({
    left: await classes.count({ ...after(''), issueMode: ABSENT }),
    known: await classes.count({ ...after(''), issueMode: oneOf(MODES) }),
  }),

  step: async cursor => {
    const found = await classes.read({
      where: { ...after(cursor), issueMode: ABSENT },
      order: 'asc',
      limit: CHUNK,
    });
    const templateIds = [...new Set(found.map(({ templateId }) => templateId))];
    const modes = new Map(
      (await templates.findMany(templateIds)).map(({ id, issueMode }) => [id, issueMode]),
    );
    for (const issueMode of MODES) {
      const ids = found.filter(({ templateId }) => modes.get(templateId) === issueMode).map(({ id }) => id);
      if (ids.length > 0) await classes.update({ _id: oneOf(ids), issueMode: ABSENT }, { issueMode });
    }
    return { cursor: found.at(-1)?.id ?? cursor, done: found.length, finished: found.length < CHUNK };
  },
};
