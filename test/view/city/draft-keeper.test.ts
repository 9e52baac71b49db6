import { DraftKeeper } from '../../../miniprogram/city/draft-keeper';
import type { EntryApplicationView } from '../../../miniprogram/contract/entry';
import type { PlainInputOf } from '../../../miniprogram/contract/operations';
import type { Answer, FailureCode } from '../../../miniprogram/view/failure';
import { anEntry } from './entry-samples';

type Input = PlainInputOf<'entry.saveApplication'>;

/** A server that answers what it is told to, one after the other; then it saves. */
function serverThat(...failures: (FailureCode | 'saves')[]) {
  const inputs: Input[] = [];
  let revision = 0;
  const send = async (input: Input): Promise<Answer<EntryApplicationView>> => {
    inputs.push(input);
    const next = failures.shift() ?? 'saves';
    if (next !== 'saves') return { ok: false, error: { code: next } };
    revision += 1;
    return { ok: true, data: anEntry({ revision }) };
  };
  return { inputs, send };
}

it('begins an application, then saves upon its revision what was typed since', async () => {
  const server = serverThat();
  const keeper = new DraftKeeper(server.send, { cityCode: '3701' });
  expect(keeper.applicationId).toBe('');
  keeper.change({ applicantName: '甲' });
  await keeper.keep();
  keeper.change({ channelName: '乙' });
  keeper.change({ channelName: '丙' });
  await keeper.keep();
  await keeper.keep();

  expect(server.inputs).toEqual([
    { cityCode: '3701', applicantName: '甲' },
    { applicationId: 'entry-1', revision: 1, channelName: '丙' },
  ]);
  expect(keeper).toMatchObject({ applicationId: 'entry-1', hasUnsaved: false });
});

it('sends what got no answer again as it was, before what was typed since, so that nothing is begun twice', async () => {
  const server = serverThat('answer_lost');
  const keeper = new DraftKeeper(server.send, { cityCode: '3701' });
  keeper.change({ applicantName: '甲' });
  expect((await keeper.keep()).ok).toBe(false);
  keeper.change({ applicantName: '甲乙', channelName: '丙' });
  expect(keeper.hasUnsaved).toBe(true);
  await keeper.keep();

  expect(server.inputs).toEqual([
    { cityCode: '3701', applicantName: '甲' },
    { cityCode: '3701', applicantName: '甲' },
    { applicationId: 'entry-1', revision: 1, applicantName: '甲乙', channelName: '丙' },
  ]);
});

it('keeps what was refused for the next saving; what was typed since counts more', async () => {
  const server = serverThat('entry_changed');
  const keeper = new DraftKeeper(server.send, { applicationId: 'entry-1', revision: 4 });
  keeper.change({ applicantName: '甲', channelName: '乙' });
  const answer = keeper.keep();
  keeper.change({ channelName: '丙' });
  expect((await answer).ok).toBe(false);
  expect(keeper.holds('applicantName')).toBe(true);
  expect(keeper.holds('contactName')).toBe(false);
  keeper.follow(anEntry({ revision: 9 }));
  await keeper.keep();

  expect(server.inputs[1]).toEqual({
    applicationId: 'entry-1',
    revision: 9,
    applicantName: '甲',
    channelName: '丙',
  });
});

it('saves one after the other, however often it is told to, and what is typed meanwhile as well', async () => {
  const server = serverThat();
  const keeper = new DraftKeeper(
    async input => {
      const answer = await server.send(input);
      if (server.inputs.length === 1) keeper.change({ contactName: '丙' });
      return answer;
    },
    { cityCode: '3701' },
  );
  keeper.change({ applicantName: '甲' });
  const first = keeper.keep();
  const second = keeper.keep();
  await Promise.all([first, second]);

  expect(server.inputs).toEqual([
    { cityCode: '3701', applicantName: '甲' },
    { applicationId: 'entry-1', revision: 1, contactName: '丙' },
  ]);
});
