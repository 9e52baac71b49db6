import type { PlainInputOf, OutputOf } from '../contract/operations';
import type { Answer } from '../view/failure';
import { callOperation, READS_FILE } from './cloud';

export const addInstitution = (
  input: PlainInputOf<'training.addInstitution'>,
): Promise<Answer<OutputOf<'training.addInstitution'>>> => callOperation('training.addInstitution', input);

export const setInstitution = (
  input: PlainInputOf<'training.setInstitution'>,
): Promise<Answer<OutputOf<'training.setInstitution'>>> => callOperation('training.setInstitution', input);

export const listInstitutions = (
  input: PlainInputOf<'training.listInstitutions'>,
): Promise<Answer<OutputOf<'training.listInstitutions'>>> =>
  callOperation('training.listInstitutions', input);

export const addAdministrator = (
  input: PlainInputOf<'training.addAdministrator'>,
): Promise<Answer<OutputOf<'training.addAdministrator'>>> =>
  callOperation('training.addAdministrator', input);

export const removeAdministrator = (
  input: PlainInputOf<'training.removeAdministrator'>,
): Promise<Answer<OutputOf<'training.removeAdministrator'>>> =>
  callOperation('training.removeAdministrator', input);

export const listAdministrators = (
  input: PlainInputOf<'training.listAdministrators'>,
): Promise<Answer<OutputOf<'training.listAdministrators'>>> =>
  callOperation('training.listAdministrators', input);

export const createClass = (
  input: PlainInputOf<'training.createClass'>,
): Promise<Answer<OutputOf<'training.createClass'>>> => callOperation('training.createClass', input);

export const amendClass = (
  input: PlainInputOf<'training.amendClass'>,
): Promise<Answer<OutputOf<'training.amendClass'>>> => callOperation('training.amendClass', input);

export const submitClass = (
  input: PlainInputOf<'training.submitClass'>,
): Promise<Answer<OutputOf<'training.submitClass'>>> => callOperation('training.submitClass', input);

export const approveClass = (
  input: PlainInputOf<'training.approveClass'>,
): Promise<Answer<OutputOf<'training.approveClass'>>> => callOperation('training.approveClass', input);

export const returnClass = (
  input: PlainInputOf<'training.returnClass'>,
): Promise<Answer<OutputOf<'training.returnClass'>>> => callOperation('training.returnClass', input);

export const startClass = (
  input: PlainInputOf<'training.startClass'>,
): Promise<Answer<OutputOf<'training.startClass'>>> => callOperation('training.startClass', input);

export const finishClass = (
  input: PlainInputOf<'training.finishClass'>,
): Promise<Answer<OutputOf<'training.finishClass'>>> => callOperation('training.finishClass', input);

export const getClass = (
  input: PlainInputOf<'training.getClass'>,
): Promise<Answer<OutputOf<'training.getClass'>>> => callOperation('training.getClass', input);

export const listClasses = (
  input: PlainInputOf<'training.listClasses'>,
): Promise<Answer<OutputOf<'training.listClasses'>>> => callOperation('training.listClasses', input);

export const getRosterForm = (): Promise<Answer<OutputOf<'training.getRosterForm'>>> =>
  callOperation('training.getRosterForm', {});

export const checkRoster = (
  input: PlainInputOf<'training.checkRoster'>,
): Promise<Answer<OutputOf<'training.checkRoster'>>> =>
  callOperation('training.checkRoster', input, READS_FILE);

export const importRoster = (
  input: PlainInputOf<'training.importRoster'>,
): Promise<Answer<OutputOf<'training.importRoster'>>> =>
  callOperation('training.importRoster', input, READS_FILE);

export const listRoster = (
  input: PlainInputOf<'training.listRoster'>,
): Promise<Answer<OutputOf<'training.listRoster'>>> => callOperation('training.listRoster', input);

export const removeRosterEntry = (
  input: PlainInputOf<'training.removeRosterEntry'>,
): Promise<Answer<OutputOf<'training.removeRosterEntry'>>> =>
  callOperation('training.removeRosterEntry', input);
