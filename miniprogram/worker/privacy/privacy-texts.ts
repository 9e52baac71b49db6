import { HOTLINE } from '../../text/hotline';

/** Summary of the privacy policy; its version is CONSENT_VERSION in the contract. */
export const PRIVACY: readonly { title: string; lines: readonly string[] }[] = [
  {
    title: '我们取得什么',
    lines: [
      '登录时，从电子社保卡取得您的姓名、身份证号、社保卡状态和手机号。',
      '培训机构报名时，报送您的姓名、身份证号和是否符合发券条件。',
      '不取得您的位置、通讯录、相册和人脸照片。',
    ],
  },
  {
    title: '用来做什么',
    lines: ['确认是您本人，发券、领券、用券和办理补贴。', '除此之外不作他用，不用于广告，不对个人排名。'],
  },
  {
    title: '怎么保护',
    lines: [
      '姓名、身份证号和手机号加密保存，页面上只显示一部分。',
      '二维码里没有您的姓名、身份证号和券码。',
      '工作人员只能看到自己辖区或本机构的券。',
    ],
  },
  {
    title: '您的权利',
    lines: [
      '您可以随时退出登录，也可以不同意，不影响您在人社窗口办理。',
      `查询、更正或删除个人信息，请拨打 ${HOTLINE}。`,
    ],
  },
];
