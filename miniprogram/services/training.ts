import type { InputOf, OutputOf } from '../contract/operations';
import type { Answer } from '../view/failure';
import { callOperation, READS_FILE } from './cloud';

export const addInstitution = (
  input: InputOf<'training.addInstitution'>,
): Promise<Answer<OutputOf<'training.addInstitution'>>> => callOperation('training.addInstitution', input);

export const setInstitution = (
  input: InputOf<'training.setInstitution'>,
): Promise<Answer<OutputOf<'training.setInstitution'>>> => callOperation('training.setInstitution', input);

export const listInstitutions = (
  input: InputOf<'training.listInstitutions'>,
): Promise<Answer<OutputOf<'training.listInstitutions'>>> =>
  callOperation('training.listInstitutions', input);

export const addAdministrator = (
  input: InputOf<'training.addAdministrator'>,
): Promise<Answer<OutputOf<'training.addAdministrator'>>> =>
  callOperation('training.addAdministrator', input);

export const removeAdministrator = (
  input: InputOf<'training.removeAdministrator'>,
): Promise<Answer<OutputOf<'training.removeAdministrator'>>> =>
  callOperation('training.removeAdministrator', input);

export const listAdministrators = (
  input: InputOf<'training.listAdministrators'>,
): Promise<Answer<OutputOf<'training.listAdministrators'>>> =>
  callOperation('training.listAdministrators', input);

export const createClass = (
  input: InputOf<'training.createClass'>,
): Promise<Answer<OutputOf<'training.createClass'>>> => callOperation('training.createClass', input);

export const amendClass = (
  input: InputOf<'training.amendClass'>,
): Promise<Answer<OutputOf<'training.amendClass'>>> => callOperation('training.amendClass', input);

export const submitClass = (
  input: InputOf<'training.submitClass'>,
): Promise<Answer<OutputOf<'training.submitClass'>>> => callOperation('training.submitClass', input);

export const approveClass = (
  input: InputOf<'training.approveClass'>,
): Promise<Answer<OutputOf<'training.approveClass'>>> => callOperation('training.approveClass', input);

export const returnClass = (
  input: InputOf<'training.returnClass'>,
): Promise<Answer<OutputOf<'training.returnClass'>>> => callOperation('training.returnClass', input);

export const startClass = (
  input: InputOf<'training.startClass'>,
): Promise<Answer<OutputOf<'training.startClass'>>> => callOperation('training.startClass', input);

export const finishClass = (
  input: InputOf<'training.finishClass'>,
): Promise<Answer<OutputOf<'training.finishClass'>>> => callOperation('training.finishClass', input);

export const getClass = (
  input: InputOf<'training.getClass'>,
): Promise<Answer<OutputOf<'training.getClass'>>> => callOperation('training.getClass', input);

export const listClasses = (
  input: InputOf<'training.listClasses'>,
): Promise<Answer<OutputOf<'training.listClasses'>>> => callOperation('training.listClasses', input);

export const getRosterForm = (): Promise<Answer<OutputOf<'training.getRosterForm'>>> =>
  callOperation('training.getRosterForm', {});

export const checkRoster = (
  input: InputOf<'training.checkRoster'>,
): Promise<Answer<OutputOf<'training.checkRoster'>>> =>
  callOperation('training.checkRoster', input, READS_FILE);

export const importRoster = (
  input: InputOf<'training.importRoster'>,
): Promise<Answer<OutputOf<'training.importRoster'>>> =>
  callOperation('training.importRoster', input, READS_FILE);

export const listRoster = (
  input: InputOf<'training.listRoster'>,
): Promise<Answer<OutputOf<'training.listRoster'>>> => callOperation('training.listRoster', input);

export const removeRosterEntry = (
  input: InputOf<'training.removeRosterEntry'>,
): Promise<Answer<OutputOf<'training.removeRosterEntry'>>> =>
  callOperation('training.removeRosterEntry', input);
