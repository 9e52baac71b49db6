/** One story in which every operation answers at least once: what phones in use rely on to stay as it is. */
import { createCast } from '../support/callers';
import type { TestCloud } from '../support/test-cloud';
import { playDocuments } from './play-documents';
import { playEntry } from './play-entry';
import { playLessons } from './play-lessons';
import {
  playAccounts,
  playChannelImport,
  playChannels,
  playClients,
  playInstitutionImport,
  playInstitutions,
} from './play-offices';
import { playPlatform } from './play-platform';
import { playSettlement } from './play-settlement';
import { playClass, playTemplates } from './play-training';
import { playEndOfClass, playGeneralVoucher, playVoids, playVoucher } from './play-vouchers';
import { Story, type Scene } from './story';

/** Ten o'clock in Shandong, so that no run crosses a midnight. */
const BEGINS_MS = Date.UTC(2027, 2, 1, 2);

/** Plays the story on a fresh cloud. @returns every answer in order. */
export async function playStory(cloud: TestCloud): Promise<Scene[]> {
  await cloud.advanceClock(BEGINS_MS - cloud.nowMs());
  const story = new Story(cloud, await createCast(cloud, { workers: 0 }));
  await playAccounts(story);
  await playChannels(story);
  await playInstitutions(story);
  const { classId, templateId } = await playClass(story);
  await playTemplates(story, templateId);
  await playVoucher(story, classId);
  await playGeneralVoucher(story);
  await playVoids(story, templateId);
  await playSettlement(story, templateId);
  await playLessons(story, classId);
  await playChannelImport(story);
  await playInstitutionImport(story);
  await playClients(story);
  await playPlatform(story, templateId);
  await playEndOfClass(story, templateId, classId);
  await playEntry(story);
  await playDocuments(story);
  return story.scenes;
}
