import * as v from 'valibot';
import type { CityCode } from '../../miniprogram/contract/areas';
import { CHANNEL_OPENINGS_SHOWN_MAX, type ChannelView } from '../../miniprogram/contract/channels';
import { LIMITS } from '../../miniprogram/contract/limits';
import { fail, ok } from '../../miniprogram/contract/result';
import { openingsOf } from '../shared/domain/channel';
import { reachOfCities, roleAt } from '../shared/domain/scope';
import { checkEntered } from '../shared/people/entry-gate';
import { changeDocument } from '../shared/runtime/change-document';
import { ChannelNumber, Cities, City, Line } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { fieldChanges } from '../shared/store/change-step';
import { channels, coverageOf, type Channel } from '../shared/store/channels';

function toChannelView(channel: Channel): ChannelView {
  const { id, cityCode, name, kind, issuing, voucherOpen } = channel;
  const openings = openingsOf(channel).slice(0, CHANNEL_OPENINGS_SHOWN_MAX);
  const [latest] = openings;
  return {
    channelNumber: id,
    cityCode,
    name,
    kind,
    issuing,
    voucherOpen,
    ...(latest && { voucherOpenSinceMs: latest.sinceMs, openings }),
  };
}

export const listChannels = operation('entry.listChannels', {
  input: v.strictObject({ cityCode: City }),
  run: async ({ input }) => {
    const all = await channels.readAll({ cityCode: input.cityCode });
    return ok({ channels: all.map(toChannelView) });
  },
});

/** Coverage of the caller's cities, in the order in which they were asked for. */
export const getCoverage = operation('entry.getCoverage', {
  input: v.strictObject({ cityCodes: Cities }),
  load: ({ cityCodes }) => coverageOf(cityCodes),
  run: async ({ input, actor }, { issuing, open }) => {
    const { cityCodes } = reachOfCities(actor, input.cityCodes) ?? { cityCodes: [] };
    const countIn = (counts: typeof issuing, cityCode: CityCode): number =>
      counts.find(area => area.cityCode === cityCode)?.count ?? 0;
    return ok({
      items: (cityCodes ?? []).map(cityCode => ({
        cityCode,
        issuingCount: countIn(issuing, cityCode),
        openCount: countIn(open, cityCode),
      })),
    });
  },
});

export const addChannel = operation('entry.addChannel', {
  input: v.strictObject({
    channelNumber: ChannelNumber,
    cityCode: City,
    name: Line(LIMITS.nameCharsMax),
    kind: v.picklist(['mini_program', 'app', 'official_account', 'web']),
    issuing: v.boolean(),
  }),
  run: async ({ input: { channelNumber, ...fields }, actor, nowMs, request }) => {
    const by = roleAt(actor, fields);
    if (!by) return fail('role_not_allowed');
    // Opening for vouchers is a decision of its own, after the network entry (入网申请).
    const channel: Channel = {
      id: channelNumber,
      version: 1,
      ...fields,
      voucherOpen: false,
      history: [{ command: 'add', atMs: nowMs, by, requestId: request.id, changes: [] }],
    };
    if (await channels.insert(channel)) return ok(toChannelView(channel));
    const existing = await channels.find(channelNumber);
    const isOwn = existing?.history[0]?.requestId === request.id && roleAt(actor, existing);
    return existing && isOwn ? ok(toChannelView(existing)) : fail('channel_already_exists');
  },
});

export const setChannel = operation('entry.setChannel', {
  input: v.strictObject({
    channelNumber: ChannelNumber,
    issuing: v.exactOptional(v.boolean()),
    voucherOpen: v.exactOptional(v.boolean()),
  }),
  load: ({ channelNumber }) => channels.find(channelNumber),
  run: async ({ input: { channelNumber: _number, ...given }, actor, nowMs, request }, found) => {
    const by = found && roleAt(actor, found);
    if (!found || !by) return fail('channel_not_found');
    const changed = await changeDocument(channels, found, request.id, async channel => {
      const isOpening = given.voucherOpen === true && !channel.voucherOpen;
      const entered = isOpening ? await checkEntered(channel.cityCode) : ok(undefined);
      if (!entered.ok) return entered;
      const changes = fieldChanges(channel, given);
      const step = { command: 'set' as const, atMs: nowMs, by, requestId: request.id, changes };
      return ok({ ...given, history: [...channel.history, step] });
    });
    return changed.ok ? ok(toChannelView(changed.data)) : changed;
  },
});
