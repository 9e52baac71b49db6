import type { ClassId } from '../../../miniprogram/contract/ids';
import type { VoucherCounts } from '../../../miniprogram/contract/vouchers';
import type { Template } from '../domain/template';
import type { TrainingClass } from '../domain/training-class';
import { classes } from './classes';
import { command } from './database';
import { JoinedRead, joinOn, type Fields } from './joined-read';
import { joinPeople, type Person } from './people';
import { fromRecord } from './query';
import { rosterEntries } from './roster-entries';
import { STATUS_COUNTS, toVoucherCounts, vouchers } from './vouchers';

/** A class with all that its page shows. */
export interface ClassDetail {
  trainingClass: TrainingClass;
  template: Template;
  rosterCount: number;
  voucherCounts: VoucherCounts;
  /** Those who took its steps. */
  people: Person[];
}

/** A class with its template, its people, the size of its roster and how many of its vouchers are in each state. */
export function classDetail(classId: ClassId): JoinedRead<ClassDetail | undefined> {
  const template = { from: 'templates', localField: 'templateId', foreignField: '_id', as: 'templates' };
  const count = { _id: null, count: command.aggregate.sum(1) };
  const joins = {
    classes: joinOn(classes.join({ where: { _id: classId } }), found =>
      joinPeople(found.lookup(template), 'history'),
    ),
    roster: joinOn(rosterEntries.joinAll({ ownerId: classId }), found => found.group(count)),
    counts: joinOn(vouchers.joinAll({ classId }), found => found.group(STATUS_COUNTS)),
  };
  return new JoinedRead(joins, ({ classes: [record], roster: [roster], counts }) => {
    if (!record) return undefined;
    const {
      templates,
      people,
      peopleKeys: _keys,
      ...trainingClass
    } = record as Fields & Record<'templates' | 'people', Fields[]>;
    const [templateRecord] = templates;
    if (!templateRecord) throw new Error('a class without its template');
    return {
      trainingClass: fromRecord<TrainingClass>(trainingClass),
      template: fromRecord<Template>(templateRecord),
      rosterCount: Number(roster?.['count'] ?? 0),
      voucherCounts: toVoucherCounts(counts),
      people: people.map(fromRecord<Person>),
    };
  });
}
