import { createFunction } from '../shared/runtime/function';
import { addAdministrator, listAdministrators, removeAdministrator } from './administrators';
import { getClass, listClasses } from './class-look-up';
import { approveClass, finishClass, returnClass, startClass, submitClass } from './class-steps';
import { amendClass, createClass } from './classes';
import { checkRoster, importRoster } from './import-roster';
import { addInstitution, listInstitutions, setInstitution } from './institutions';
import { getRosterForm } from './roster-form';
import { listRoster, removeRosterEntry } from './roster';

export const main = createFunction<'training'>({
  'training.addInstitution': addInstitution,
  'training.setInstitution': setInstitution,
  'training.listInstitutions': listInstitutions,
  'training.addAdministrator': addAdministrator,
  'training.removeAdministrator': removeAdministrator,
  'training.listAdministrators': listAdministrators,
  'training.createClass': createClass,
  'training.amendClass': amendClass,
  'training.submitClass': submitClass,
  'training.approveClass': approveClass,
  'training.returnClass': returnClass,
  'training.startClass': startClass,
  'training.finishClass': finishClass,
  'training.getClass': getClass,
  'training.listClasses': listClasses,
  'training.getRosterForm': getRosterForm,
  'training.checkRoster': checkRoster,
  'training.importRoster': importRoster,
  'training.listRoster': listRoster,
  'training.removeRosterEntry': removeRosterEntry,
});
