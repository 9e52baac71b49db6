import { createFunction } from '../shared/runtime/function';
import { addAdministrator, listAdministrators, removeAdministrator } from './administrators';
import { listAttendance, recordByHand } from './attendance';
import { addCertificateOfPerson, listCertificates } from './certificates';
import { countWaiting, getClass, listClasses } from './class-look-up';
import { approveClass, finishClass, returnClass, startClass, submitClass } from './class-steps';
import { amendClass, createClass, noteClass } from './classes';
import { checkRoster, importRoster, startUpload } from './import-roster';
import {
  checkInstitutions,
  getInstitutionForm,
  importInstitutions,
  startInstitutionUpload,
} from './import-institutions';
import { countInstitutions, getInstitution, listInstitutions } from './institution-look-up';
import { addInstitution, setInstitution } from './institutions';
import { addLessonOfClass, amendLessonOfClass, listLessons, removeLessonOfClass } from './lessons';
import { getJob, listJobRefusals } from './jobs';
import { getRosterForm } from './roster-form';
import { listRoster, removeRosterEntry } from './roster';

export const main = createFunction('training', [
  addInstitution,
  setInstitution,
  getInstitution,
  listInstitutions,
  countInstitutions,
  addAdministrator,
  removeAdministrator,
  listAdministrators,
  createClass,
  amendClass,
  noteClass,
  submitClass,
  approveClass,
  returnClass,
  startClass,
  finishClass,
  getClass,
  listClasses,
  countWaiting,
  getRosterForm,
  startUpload,
  checkRoster,
  importRoster,
  listRoster,
  removeRosterEntry,
  addLessonOfClass,
  amendLessonOfClass,
  removeLessonOfClass,
  listLessons,
  recordByHand,
  listAttendance,
  addCertificateOfPerson,
  listCertificates,
  getInstitutionForm,
  startInstitutionUpload,
  checkInstitutions,
  importInstitutions,
  getJob,
  listJobRefusals,
]);
