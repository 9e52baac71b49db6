import * as v from 'valibot';
import type { ClassId as Class, InstitutionId as Institution } from '../../miniprogram/contract/ids';
import { CERTIFICATE_LEVELS } from '../../miniprogram/contract/lessons';
import { LIMITS } from '../../miniprogram/contract/limits';
import { fail, ok } from '../../miniprogram/contract/result';
import { roleAt } from '../shared/domain/scope';
import { addCertificate } from '../shared/lessons/add-certificate';
import { findPlaceOfCertificate, placeOfCertificate } from '../shared/lessons/place-of-certificate';
import { findActing } from '../shared/people/acting-person';
import { ClassId, Day, InstitutionId, Line, RawText } from '../shared/runtime/input';
import type { ApiClient } from '../shared/store/api-clients';
import { AdministratorIdNumber, WorkerIdNumber } from './fields';
import { SMALL_BODY_BYTES_MAX, writingInterface } from './open-interface';

/** A class says where by itself; a client of an institution means its own. */
const ownerOf = (
  { classId, institutionId }: { classId?: Class; institutionId?: Institution },
  client: ApiClient,
) => {
  if (classId !== undefined) return { classId };
  const named = institutionId ?? client.institutionId;
  return named === undefined ? undefined : { institutionId: named };
};

export const addCertificateOfPerson = writingInterface({
  name: 'addCertificate',
  title: '添加证书接口',
  description:
    '登记一名人员的证书。姓名和身份证号要与系统中的人员一致。填了班期，人员要在这个班期的名册中或在这个班期用过券；没有班期，就填机构。证书编号在发证机构内不能重复；同一人员、班期、职业只能有一个证书。',
  kinds: ['city', 'institution'],
  actingPerson: 'administrator',
  writes: true,
  idempotentBy: 'stored answer',
  input: v.strictObject({
    administratorIdNumber: AdministratorIdNumber,
    classId: v.exactOptional(v.pipe(ClassId, v.description('班期编号'))),
    institutionId: v.exactOptional(
      v.pipe(InstitutionId, v.description('机构编号：没有班期时填写，机构的客户端可以不填')),
    ),
    holderName: v.pipe(RawText, v.description('持证人姓名')),
    idNumber: WorkerIdNumber,
    number: v.pipe(Line(LIMITS.certificateNumberCharsMax), v.description('证书编号，不能是身份证号')),
    name: v.pipe(Line(LIMITS.nameCharsMax), v.description('证书名称，例如职业技能等级证书')),
    occupation: v.pipe(Line(LIMITS.nameCharsMax), v.description('职业（工种），例如焊工')),
    level: v.exactOptional(
      v.pipe(
        v.picklist(CERTIFICATE_LEVELS),
        v.description(
          '职业技能等级：apprentice学徒工，level_5初级工，level_4中级工，level_3高级工，level_2技师，level_1高级技师，special_technician特级技师，chief_technician首席技师',
        ),
      ),
    ),
    issuer: v.pipe(Line(LIMITS.nameCharsMax), v.description('发证机构')),
    issuedOn: v.pipe(Day, v.description('发证日期：不晚于今天，不早于班期开始')),
  }),
  output: v.strictObject({ certificateId: v.pipe(v.string(), v.description('证书在本系统的编号')) }),
  bodyBytesMax: SMALL_BODY_BYTES_MAX,
  requestsMax: 10,
  successStatus: 200,
  errors: [
    'id_number_invalid',
    'acting_person_not_active',
    'class_not_found',
    'institution_not_found',
    'name_missing',
    'name_character_unusable',
    'cell_too_long',
    'certificate_number_invalid',
    'person_not_found',
    'person_not_in_class',
    'certificate_day_out_of_range',
    'certificate_already_exists',
    'certificate_of_class_exists',
  ],
  rowErrors: [],
  run: async ({ input, client, nowMs, request }) => {
    const { administratorIdNumber, classId, institutionId, ...typed } = input;
    const owner = ownerOf({ ...(classId && { classId }), ...(institutionId && { institutionId }) }, client);
    if (!owner) return fail('invalid_input', { fields: ['classId', 'institutionId'] });
    const [actor, place] = await Promise.all([
      findActing('training.addCertificate', client, { idNumber: administratorIdNumber, nowMs }),
      findPlaceOfCertificate(owner),
    ]);
    if (!actor.ok) return actor;
    const by = place && roleAt(actor.data, placeOfCertificate(place));
    if (!place || !by) return fail(classId === undefined ? 'institution_not_found' : 'class_not_found');
    const added = await addCertificate(place, typed, { by, nowMs, request });
    return added.ok ? ok({ certificateId: added.data.id }) : added;
  },
});
