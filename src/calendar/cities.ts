/** A city, by the zone that its clocks follow. The names that people use come first, their other names after. */
export type City = {
  readonly zone: string;
  /** ISO 3166-1 alpha-2; 001, the world, for UTC. */
  readonly country: string;
  readonly en: readonly [string, ...string[]];
  readonly zh: readonly [string, ...string[]];
};

/**
 * A line for each IANA zone, under its modern name: the zone, its country, and its cities: first the one that the zone
 * is named after (its capital, where the zone is named after the country or island), then big ones. A city has its
 * English and its Chinese name; other names for it, and what people call its clock (EST), follow a slash.
 */
const TABLE = `
Africa/Abidjan CI Abidjan 阿比让
Africa/Accra GH Accra 阿克拉
Africa/Addis_Ababa ET Addis Ababa 亚的斯亚贝巴
Africa/Algiers DZ Algiers 阿尔及尔
Africa/Asmara ER Asmara/Asmera 阿斯马拉
Africa/Bamako ML Bamako 巴马科
Africa/Bangui CF Bangui 班吉
Africa/Banjul GM Banjul 班珠尔
Africa/Bissau GW Bissau 比绍
Africa/Blantyre MW Blantyre 布兰太尔, Lilongwe 利隆圭
Africa/Brazzaville CG Brazzaville 布拉柴维尔
Africa/Bujumbura BI Bujumbura 布琼布拉
Africa/Cairo EG Cairo 开罗, Alexandria 亚历山大
Africa/Casablanca MA Casablanca 卡萨布兰卡, Rabat 拉巴特, Marrakesh/Marrakech 马拉喀什
Africa/Ceuta ES Ceuta 休达
Africa/Conakry GN Conakry 科纳克里
Africa/Dakar SN Dakar 达喀尔
Africa/Dar_es_Salaam TZ Dar es Salaam 达累斯萨拉姆
Africa/Djibouti DJ Djibouti 吉布提
Africa/Douala CM Douala 杜阿拉, Yaoundé 雅温得
Africa/El_Aaiun EH El Aaiún/Laayoune 阿尤恩
Africa/Freetown SL Freetown 弗里敦
Africa/Gaborone BW Gaborone 哈博罗内
Africa/Harare ZW Harare 哈拉雷
Africa/Johannesburg ZA Johannesburg 约翰内斯堡, Cape Town 开普敦, Pretoria 比勒陀利亚, Durban 德班
Africa/Juba SS Juba 朱巴
Africa/Kampala UG Kampala 坎帕拉
Africa/Khartoum SD Khartoum 喀土穆
Africa/Kigali RW Kigali 基加利
Africa/Kinshasa CD Kinshasa 金沙萨
Africa/Lagos NG Lagos 拉各斯, Abuja 阿布贾
Africa/Libreville GA Libreville 利伯维尔
Africa/Lome TG Lomé 洛美
Africa/Luanda AO Luanda 罗安达
Africa/Lubumbashi CD Lubumbashi 卢本巴希
Africa/Lusaka ZM Lusaka 卢萨卡
Africa/Malabo GQ Malabo 马拉博
Africa/Maputo MZ Maputo 马普托
Africa/Maseru LS Maseru 马塞卢
Africa/Mbabane SZ Mbabane 姆巴巴内
Africa/Mogadishu SO Mogadishu 摩加迪沙
Africa/Monrovia LR Monrovia 蒙罗维亚
Africa/Nairobi KE Nairobi 内罗毕, Mombasa 蒙巴萨
Africa/Ndjamena TD N'Djamena 恩贾梅纳
Africa/Niamey NE Niamey 尼亚美
Africa/Nouakchott MR Nouakchott 努瓦克肖特
Africa/Ouagadougou BF Ouagadougou 瓦加杜古
Africa/Porto-Novo BJ Porto-Novo 波多诺伏, Cotonou 科托努
Africa/Sao_Tome ST São Tomé 圣多美
Africa/Tripoli LY Tripoli 的黎波里
Africa/Tunis TN Tunis 突尼斯市/突尼斯
Africa/Windhoek NA Windhoek 温得和克
America/Adak US Adak 埃达克
America/Anchorage US Anchorage 安克雷奇, Fairbanks 费尔班克斯
America/Anguilla AI Anguilla 安圭拉
America/Antigua AG Antigua 安提瓜
America/Araguaina BR Araguaína 阿拉瓜伊纳
America/Argentina/Buenos_Aires AR Buenos Aires 布宜诺斯艾利斯
America/Argentina/Catamarca AR Catamarca 卡塔马卡
America/Argentina/Cordoba AR Córdoba 科尔多瓦, Rosario 罗萨里奥
America/Argentina/Jujuy AR Jujuy 胡胡伊
America/Argentina/La_Rioja AR La Rioja 拉里奥哈
America/Argentina/Mendoza AR Mendoza 门多萨
America/Argentina/Rio_Gallegos AR Río Gallegos 里奥加耶戈斯
America/Argentina/Salta AR Salta 萨尔塔
America/Argentina/San_Juan AR San Juan 圣胡安
America/Argentina/San_Luis AR San Luis 圣路易斯
America/Argentina/Tucuman AR Tucumán 图库曼
America/Argentina/Ushuaia AR Ushuaia 乌斯怀亚
America/Aruba AW Aruba 阿鲁巴
America/Asuncion PY Asunción 亚松森
America/Atikokan CA Atikokan/Coral Harbour 阿蒂科肯
America/Bahia BR Bahia 巴伊亚, Salvador 萨尔瓦多
America/Bahia_Banderas MX Bahía de Banderas 巴伊亚班德拉斯
America/Barbados BB Barbados 巴巴多斯
America/Belem BR Belém 贝伦
America/Belize BZ Belize City 伯利兹城
America/Blanc-Sablon CA Blanc-Sablon 布兰克萨布隆
America/Boa_Vista BR Boa Vista 博阿维斯塔
America/Bogota CO Bogotá 波哥大, Medellín 麦德林, Cali 卡利
America/Boise US Boise 博伊西
America/Cambridge_Bay CA Cambridge Bay 剑桥湾
America/Campo_Grande BR Campo Grande 大坎普
America/Cancun MX Cancún 坎昆
America/Caracas VE Caracas 加拉加斯
America/Cayenne GF Cayenne 卡宴
America/Cayman KY Cayman 开曼
America/Chicago US Chicago/CST/CDT 芝加哥, Houston 休斯敦/休斯顿, Dallas 达拉斯, Austin 奥斯汀, San Antonio 圣安东尼奥, Minneapolis 明尼阿波利斯, St. Louis/Saint Louis 圣路易斯, Kansas City 堪萨斯城, Nashville 纳什维尔, New Orleans 新奥尔良, Milwaukee 密尔沃基, Madison 麦迪逊, Champaign/Urbana 香槟
America/Chihuahua MX Chihuahua 奇瓦瓦
America/Ciudad_Juarez MX Ciudad Juárez 华雷斯城
America/Costa_Rica CR San José 圣何塞
America/Coyhaique CL Coyhaique 科伊艾克
America/Creston CA Creston 克雷斯顿
America/Cuiaba BR Cuiabá 库亚巴
America/Curacao CW Curaçao 库拉索
America/Danmarkshavn GL Danmarkshavn 丹马沙文
America/Dawson CA Dawson 道森
America/Dawson_Creek CA Dawson Creek 道森克里克
America/Denver US Denver/MST/MDT 丹佛, Salt Lake City 盐湖城, Boulder 博尔德, Albuquerque 阿尔伯克基, El Paso 埃尔帕索
America/Detroit US Detroit 底特律, Ann Arbor 安娜堡
America/Dominica DM Dominica 多米尼克
America/Edmonton CA Edmonton 埃德蒙顿, Calgary 卡尔加里
America/Eirunepe BR Eirunepé 依伦尼贝
America/El_Salvador SV San Salvador 圣萨尔瓦多
America/Fort_Nelson CA Fort Nelson 纳尔逊堡
America/Fortaleza BR Fortaleza 福塔雷萨
America/Glace_Bay CA Glace Bay 格莱斯贝
America/Goose_Bay CA Goose Bay 古斯湾
America/Grand_Turk TC Grand Turk 大特克
America/Grenada GD Grenada 格林纳达
America/Guadeloupe GP Guadeloupe 瓜德罗普
America/Guatemala GT Guatemala City 危地马拉城
America/Guayaquil EC Guayaquil 瓜亚基尔, Quito 基多
America/Guyana GY Georgetown 乔治敦
America/Halifax CA Halifax 哈利法克斯
America/Havana CU Havana 哈瓦那
America/Hermosillo MX Hermosillo 埃莫西约
America/Indiana/Indianapolis US Indianapolis 印第安纳波利斯, West Lafayette 西拉法叶
America/Indiana/Knox US Knox 诺克斯
America/Indiana/Marengo US Marengo 马伦戈
America/Indiana/Petersburg US Petersburg 彼得斯堡
America/Indiana/Tell_City US Tell City 特尔城
America/Indiana/Vevay US Vevay 维维
America/Indiana/Vincennes US Vincennes 温森斯
America/Indiana/Winamac US Winamac 威纳马克
America/Inuvik CA Inuvik 伊努维克
America/Iqaluit CA Iqaluit 伊魁特
America/Jamaica JM Kingston 金斯敦
America/Juneau US Juneau 朱诺
America/Kentucky/Louisville US Louisville 路易斯维尔
America/Kentucky/Monticello US Monticello 蒙蒂塞洛
America/Kralendijk BQ Kralendijk 克拉伦代克
America/La_Paz BO La Paz 拉巴斯
America/Lima PE Lima 利马
America/Los_Angeles US Los Angeles/PST/PDT 洛杉矶/洛杉磯, San Francisco/SF/Bay Area 旧金山/舊金山/三藩市/湾区, Seattle 西雅图/西雅圖, San Jose 圣何塞, San Diego 圣迭戈/圣地亚哥, Las Vegas 拉斯维加斯, Portland 波特兰, Palo Alto/Stanford 帕洛阿尔托/斯坦福, Mountain View 山景城, Berkeley 伯克利, Sacramento 萨克拉门托
America/Lower_Princes SX Lower Prince's Quarter 下太子区
America/Maceio BR Maceió 马塞约
America/Managua NI Managua 马那瓜
America/Manaus BR Manaus 马瑙斯
America/Marigot MF Marigot 马里戈特
America/Martinique MQ Martinique 马提尼克
America/Matamoros MX Matamoros 马塔莫罗斯
America/Mazatlan MX Mazatlán 马萨特兰
America/Menominee US Menominee 梅诺米尼
America/Merida MX Mérida 梅里达
America/Metlakatla US Metlakatla 梅特拉卡特拉
America/Mexico_City MX Mexico City 墨西哥城, Guadalajara 瓜达拉哈拉, Puebla 普埃布拉
America/Miquelon PM Miquelon 密克隆
America/Moncton CA Moncton 蒙克顿
America/Monterrey MX Monterrey 蒙特雷
America/Montevideo UY Montevideo 蒙得维的亚
America/Montserrat MS Montserrat 蒙特塞拉特
America/Nassau BS Nassau 拿骚
America/New_York US New York/NYC/EST/EDT 纽约/紐約, Washington, D.C./Washington DC 华盛顿/华盛顿特区, Boston 波士顿, Philadelphia 费城, Atlanta 亚特兰大, Miami 迈阿密, Pittsburgh 匹兹堡, Charlotte 夏洛特, Raleigh 罗利, Baltimore 巴尔的摩, Orlando 奥兰多, Cleveland 克利夫兰, Columbus 哥伦布, Cambridge 剑桥, Princeton 普林斯顿, New Haven 纽黑文, Ithaca 伊萨卡
America/Nome US Nome 诺姆
America/Noronha BR Noronha 诺罗尼亚
America/North_Dakota/Beulah US Beulah 比尤拉
America/North_Dakota/Center US Center 申特
America/North_Dakota/New_Salem US New Salem 新塞勒姆
America/Nuuk GL Nuuk/Godthab 努克
America/Ojinaga MX Ojinaga 奥希纳加
America/Panama PA Panama City 巴拿马城
America/Paramaribo SR Paramaribo 帕拉马里博
America/Phoenix US Phoenix 凤凰城/菲尼克斯, Tucson 图森, Tempe 坦佩
America/Port-au-Prince HT Port-au-Prince 太子港
America/Port_of_Spain TT Port of Spain 西班牙港
America/Porto_Velho BR Porto Velho 波多韦柳
America/Puerto_Rico PR San Juan 圣胡安
America/Punta_Arenas CL Punta Arenas 蓬塔阿雷纳斯
America/Rankin_Inlet CA Rankin Inlet 兰今湾
America/Recife BR Recife 累西腓
America/Regina CA Regina 里贾纳, Saskatoon 萨斯卡通
America/Resolute CA Resolute 雷索卢特
America/Rio_Branco BR Rio Branco 里奥布朗库
America/Santarem BR Santarém 圣塔伦
America/Santiago CL Santiago 圣地亚哥
America/Santo_Domingo DO Santo Domingo 圣多明各
America/Sao_Paulo BR São Paulo 圣保罗, Rio de Janeiro 里约热内卢, Brasília 巴西利亚, Belo Horizonte 贝洛奥里藏特, Curitiba 库里蒂巴, Porto Alegre 阿雷格里港
America/Scoresbysund GL Scoresbysund/Ittoqqortoormiit 斯科列斯比桑德
America/Sitka US Sitka 锡特卡
America/St_Barthelemy BL Saint Barthélemy 圣巴泰勒米
America/St_Johns CA St. John's 圣约翰斯
America/St_Kitts KN Saint Kitts 圣基茨
America/St_Lucia LC Saint Lucia 圣卢西亚
America/St_Thomas VI Saint Thomas 圣托马斯
America/St_Vincent VC Saint Vincent 圣文森特
America/Swift_Current CA Swift Current 斯威夫特卡伦特
America/Tegucigalpa HN Tegucigalpa 特古西加尔巴
America/Thule GL Thule 图勒
America/Tijuana MX Tijuana 蒂华纳
America/Toronto CA Toronto 多伦多/多倫多, Montreal/Montréal 蒙特利尔/滿地可, Ottawa 渥太华, Waterloo 滑铁卢, Quebec City/Québec 魁北克市, Hamilton 哈密尔顿
America/Tortola VG Tortola 托尔托拉
America/Vancouver CA Vancouver 温哥华/溫哥華, Victoria 维多利亚
America/Whitehorse CA Whitehorse 怀特霍斯
America/Winnipeg CA Winnipeg 温尼伯
America/Yakutat US Yakutat 亚库塔特
Antarctica/Casey AQ Casey 凯西站
Antarctica/Davis AQ Davis 戴维斯站
Antarctica/DumontDUrville AQ Dumont d'Urville 迪蒙·迪维尔站
Antarctica/Macquarie AU Macquarie Island 麦夸里岛
Antarctica/Mawson AQ Mawson 莫森站
Antarctica/McMurdo AQ McMurdo/South Pole 麦克默多站/南极
Antarctica/Palmer AQ Palmer 帕尔默站
Antarctica/Rothera AQ Rothera 罗瑟拉站
Antarctica/Syowa AQ Syowa/Showa 昭和站
Antarctica/Troll AQ Troll 特罗尔站
Antarctica/Vostok AQ Vostok 沃斯托克站
Arctic/Longyearbyen SJ Longyearbyen 朗伊尔城
Asia/Aden YE Aden 亚丁, Sana'a 萨那
Asia/Almaty KZ Almaty 阿拉木图, Astana/Nur-Sultan 阿斯塔纳
Asia/Amman JO Amman 安曼
Asia/Anadyr RU Anadyr 阿纳德尔
Asia/Aqtau KZ Aqtau 阿克套
Asia/Aqtobe KZ Aqtobe 阿克托别
Asia/Ashgabat TM Ashgabat 阿什哈巴德
Asia/Atyrau KZ Atyrau 阿特劳
Asia/Baghdad IQ Baghdad 巴格达
Asia/Bahrain BH Manama 麦纳麦
Asia/Baku AZ Baku 巴库
Asia/Bangkok TH Bangkok 曼谷, Chiang Mai 清迈, Phuket 普吉
Asia/Barnaul RU Barnaul 巴尔瑙尔
Asia/Beirut LB Beirut 贝鲁特
Asia/Bishkek KG Bishkek 比什凯克
Asia/Brunei BN Bandar Seri Begawan 斯里巴加湾市
Asia/Chita RU Chita 赤塔
Asia/Colombo LK Colombo 科伦坡
Asia/Damascus SY Damascus 大马士革
Asia/Dhaka BD Dhaka 达卡, Chittagong/Chattogram 吉大港
Asia/Dili TL Dili 帝力
Asia/Dubai AE Dubai 迪拜, Abu Dhabi 阿布扎比
Asia/Dushanbe TJ Dushanbe 杜尚别
Asia/Famagusta CY Famagusta 法马古斯塔
Asia/Gaza PS Gaza 加沙
Asia/Hebron PS Hebron 希伯伦
Asia/Ho_Chi_Minh VN Ho Chi Minh City/Saigon 胡志明市/西贡, Hanoi 河内, Da Nang 岘港
Asia/Hong_Kong HK Hong Kong/HKT 香港, Kowloon 九龙
Asia/Hovd MN Hovd 科布多
Asia/Irkutsk RU Irkutsk 伊尔库茨克
Asia/Jakarta ID Jakarta 雅加达, Bandung 万隆, Surabaya 泗水, Medan 棉兰, Yogyakarta 日惹
Asia/Jayapura ID Jayapura 查亚普拉
Asia/Jerusalem IL Jerusalem 耶路撒冷, Tel Aviv 特拉维夫, Haifa 海法
Asia/Kabul AF Kabul 喀布尔
Asia/Kamchatka RU Kamchatka/Petropavlovsk-Kamchatsky 堪察加
Asia/Karachi PK Karachi 卡拉奇, Lahore 拉合尔, Islamabad 伊斯兰堡
Asia/Kathmandu NP Kathmandu/Katmandu 加德满都
Asia/Khandyga RU Khandyga 汉德加
Asia/Kolkata IN Kolkata/Calcutta/IST 加尔各答, Mumbai/Bombay 孟买, Delhi/New Delhi 德里/新德里, Bengaluru/Bangalore 班加罗尔, Hyderabad 海得拉巴/海德拉巴, Chennai/Madras 金奈/马德拉斯, Pune 浦那, Ahmedabad 艾哈迈达巴德, Kanpur 坎普尔, Jaipur 斋浦尔, Lucknow 勒克瑙, Gurugram/Gurgaon 古尔冈, Noida 诺伊达, Kochi/Cochin 科钦, Chandigarh 昌迪加尔, Indore 印多尔, Surat 苏拉特, Nagpur 那格浦尔, Visakhapatnam 维沙卡帕特南, Thiruvananthapuram/Trivandrum 特里凡得琅
Asia/Krasnoyarsk RU Krasnoyarsk 克拉斯诺亚尔斯克
Asia/Kuala_Lumpur MY Kuala Lumpur 吉隆坡, Penang/George Town 槟城, Johor Bahru 新山
Asia/Kuching MY Kuching 古晋, Kota Kinabalu 亚庇
Asia/Kuwait KW Kuwait City 科威特城
Asia/Macau MO Macau/Macao 澳门/澳門
Asia/Magadan RU Magadan 马加丹
Asia/Makassar ID Makassar 望加锡, Denpasar/Bali 登巴萨/巴厘岛
Asia/Manila PH Manila 马尼拉, Quezon City 奎松城, Cebu 宿务, Davao 达沃
Asia/Muscat OM Muscat 马斯喀特
Asia/Nicosia CY Nicosia 尼科西亚
Asia/Novokuznetsk RU Novokuznetsk 新库兹涅茨克
Asia/Novosibirsk RU Novosibirsk 新西伯利亚
Asia/Omsk RU Omsk 鄂木斯克
Asia/Oral KZ Oral/Uralsk 乌拉尔
Asia/Phnom_Penh KH Phnom Penh 金边
Asia/Pontianak ID Pontianak 坤甸
Asia/Pyongyang KP Pyongyang 平壤
Asia/Qatar QA Doha 多哈
Asia/Qostanay KZ Qostanay/Kostanay 库斯塔奈
Asia/Qyzylorda KZ Qyzylorda/Kyzylorda 克孜勒奥尔达/克孜洛尔达
Asia/Riyadh SA Riyadh 利雅得, Jeddah 吉达, Mecca/Makkah 麦加
Asia/Sakhalin RU Sakhalin/Yuzhno-Sakhalinsk 萨哈林
Asia/Samarkand UZ Samarkand 撒马尔罕
Asia/Seoul KR Seoul/KST 首尔/首爾/汉城, Busan/Pusan 釜山, Incheon 仁川, Daejeon 大田, Daegu 大邱
Asia/Shanghai CN Shanghai 上海, Beijing/Peking/CST 北京/北京时间, Guangzhou/Canton 广州/廣州, Shenzhen 深圳, Hangzhou 杭州, Nanjing 南京, Suzhou 苏州, Chengdu 成都, Chongqing/Chungking 重庆, Wuhan 武汉, Tianjin 天津, Xi'an/Xian 西安, Changsha 长沙, Zhengzhou 郑州, Hefei 合肥, Jinan 济南, Qingdao/Tsingtao 青岛, Shenyang 沈阳, Dalian 大连, Changchun 长春, Harbin/Haerbin 哈尔滨, Shijiazhuang 石家庄, Taiyuan 太原, Hohhot/Huhehaote 呼和浩特, Fuzhou 福州, Xiamen/Amoy 厦门, Nanchang 南昌, Nanning 南宁, Haikou 海口, Sanya 三亚, Guiyang 贵阳, Kunming 昆明, Lhasa/Lasa 拉萨, Lanzhou 兰州, Xining 西宁, Yinchuan 银川, Urumqi/Wulumuqi 乌鲁木齐, Ningbo 宁波, Wuxi 无锡, Wenzhou 温州, Dongguan 东莞, Foshan 佛山, Zhuhai 珠海, Changzhou 常州, Nantong 南通, Xuzhou 徐州, Yantai 烟台, Quanzhou 泉州, Jiaxing 嘉兴, Shaoxing 绍兴, Jinhua 金华, Weifang 潍坊, Luoyang 洛阳, Baoding 保定, Tangshan 唐山, Zhongshan 中山, Huizhou 惠州, Guilin 桂林, Mianyang 绵阳
Asia/Singapore SG Singapore/SGT 新加坡/星加坡
Asia/Srednekolymsk RU Srednekolymsk 中科雷姆斯克
Asia/Taipei TW Taipei 台北/臺北, Kaohsiung 高雄, Taichung 台中/臺中, Hsinchu 新竹, Tainan 台南/臺南
Asia/Tashkent UZ Tashkent 塔什干
Asia/Tbilisi GE Tbilisi 第比利斯
Asia/Tehran IR Tehran 德黑兰
Asia/Thimphu BT Thimphu 廷布
Asia/Tokyo JP Tokyo/JST 东京/東京, Osaka 大阪, Kyoto 京都, Yokohama 横滨, Nagoya 名古屋, Fukuoka 福冈, Sapporo 札幌, Kobe 神户, Sendai 仙台, Hiroshima 广岛
Asia/Tomsk RU Tomsk 托木斯克
Asia/Ulaanbaatar MN Ulaanbaatar/Ulan Bator 乌兰巴托
Asia/Urumqi CN Urumqi/Wulumuqi 乌鲁木齐, Kashgar/Kashi 喀什
Asia/Ust-Nera RU Ust-Nera 乌斯季涅拉
Asia/Vientiane LA Vientiane 万象
Asia/Vladivostok RU Vladivostok 符拉迪沃斯托克/海参崴
Asia/Yakutsk RU Yakutsk 雅库茨克
Asia/Yangon MM Yangon/Rangoon 仰光, Naypyidaw 内比都, Mandalay 曼德勒
Asia/Yekaterinburg RU Yekaterinburg/Ekaterinburg 叶卡捷琳堡
Asia/Yerevan AM Yerevan 埃里温
Atlantic/Azores PT Azores 亚速尔群岛
Atlantic/Bermuda BM Bermuda 百慕大
Atlantic/Canary ES Canary Islands/Las Palmas 加那利群岛
Atlantic/Cape_Verde CV Praia/Cape Verde 普拉亚/佛得角
Atlantic/Faroe FO Tórshavn/Faroe/Faeroe 托尔斯港
Atlantic/Madeira PT Madeira/Funchal 马德拉
Atlantic/Reykjavik IS Reykjavík 雷克雅未克
Atlantic/South_Georgia GS South Georgia 南乔治亚
Atlantic/St_Helena SH Saint Helena 圣赫勒拿
Atlantic/Stanley FK Stanley 斯坦利
Australia/Adelaide AU Adelaide 阿德莱德
Australia/Brisbane AU Brisbane 布里斯班, Gold Coast 黄金海岸
Australia/Broken_Hill AU Broken Hill 布罗肯希尔
Australia/Darwin AU Darwin 达尔文
Australia/Eucla AU Eucla 尤克拉
Australia/Hobart AU Hobart 霍巴特
Australia/Lindeman AU Lindeman 林德曼
Australia/Lord_Howe AU Lord Howe Island 豪勋爵岛
Australia/Melbourne AU Melbourne 墨尔本/墨爾本
Australia/Perth AU Perth 珀斯
Australia/Sydney AU Sydney/AEST/AEDT 悉尼/雪梨, Canberra 堪培拉
Europe/Amsterdam NL Amsterdam 阿姆斯特丹, Rotterdam 鹿特丹, The Hague/Den Haag 海牙, Eindhoven 埃因霍温, Delft 代尔夫特
Europe/Andorra AD Andorra la Vella 安道尔城
Europe/Astrakhan RU Astrakhan 阿斯特拉罕
Europe/Athens GR Athens 雅典, Thessaloniki 塞萨洛尼基
Europe/Belgrade RS Belgrade/Beograd 贝尔格莱德
Europe/Berlin DE Berlin 柏林, Munich/München 慕尼黑, Hamburg 汉堡, Frankfurt 法兰克福, Cologne/Köln 科隆, Stuttgart 斯图加特, Düsseldorf/Duesseldorf 杜塞尔多夫, Leipzig 莱比锡, Dresden 德累斯顿, Karlsruhe 卡尔斯鲁厄, Aachen 亚琛, Heidelberg 海德堡
Europe/Bratislava SK Bratislava 布拉迪斯拉发
Europe/Brussels BE Brussels/Bruxelles 布鲁塞尔, Antwerp 安特卫普, Leuven 鲁汶
Europe/Bucharest RO Bucharest/București 布加勒斯特, Cluj-Napoca 克卢日
Europe/Budapest HU Budapest 布达佩斯
Europe/Busingen DE Büsingen 布辛根
Europe/Chisinau MD Chișinău 基希讷乌
Europe/Copenhagen DK Copenhagen/København 哥本哈根
Europe/Dublin IE Dublin 都柏林
Europe/Gibraltar GI Gibraltar 直布罗陀
Europe/Guernsey GG Guernsey 根西岛
Europe/Helsinki FI Helsinki 赫尔辛基, Espoo 埃斯波
Europe/Isle_of_Man IM Isle of Man 马恩岛
Europe/Istanbul TR Istanbul 伊斯坦布尔, Ankara 安卡拉, Izmir 伊兹密尔
Europe/Jersey JE Jersey 泽西岛
Europe/Kaliningrad RU Kaliningrad 加里宁格勒
Europe/Kirov RU Kirov 基洛夫
Europe/Kyiv UA Kyiv/Kiev 基辅, Kharkiv 哈尔科夫, Lviv 利沃夫, Odesa/Odessa 敖德萨
Europe/Lisbon PT Lisbon/Lisboa 里斯本, Porto 波尔图
Europe/Ljubljana SI Ljubljana 卢布尔雅那
Europe/London GB London/BST 伦敦/倫敦, Manchester 曼彻斯特, Birmingham 伯明翰, Edinburgh 爱丁堡, Glasgow 格拉斯哥, Cambridge 剑桥, Oxford 牛津, Bristol 布里斯托, Leeds 利兹, Belfast 贝尔法斯特, Cardiff 加的夫
Europe/Luxembourg LU Luxembourg 卢森堡
Europe/Madrid ES Madrid 马德里, Barcelona 巴塞罗那, Valencia 瓦伦西亚, Seville/Sevilla 塞维利亚
Europe/Malta MT Valletta/Malta 瓦莱塔/马耳他
Europe/Mariehamn AX Mariehamn 玛丽港
Europe/Minsk BY Minsk 明斯克
Europe/Monaco MC Monaco 摩纳哥
Europe/Moscow RU Moscow 莫斯科, Saint Petersburg/St. Petersburg 圣彼得堡, Kazan 喀山, Nizhny Novgorod 下诺夫哥罗德
Europe/Oslo NO Oslo 奥斯陆, Bergen 卑尔根, Trondheim 特隆赫姆
Europe/Paris FR Paris/CET/CEST 巴黎, Lyon 里昂, Marseille 马赛, Toulouse 图卢兹, Nice 尼斯, Bordeaux 波尔多, Grenoble 格勒诺布尔, Lille 里尔
Europe/Podgorica ME Podgorica 波德戈里察
Europe/Prague CZ Prague/Praha 布拉格, Brno 布尔诺
Europe/Riga LV Riga 里加
Europe/Rome IT Rome/Roma 罗马, Milan/Milano 米兰, Turin/Torino 都灵, Naples/Napoli 那不勒斯, Florence/Firenze 佛罗伦萨, Venice/Venezia 威尼斯, Bologna 博洛尼亚
Europe/Samara RU Samara 萨马拉
Europe/San_Marino SM San Marino 圣马力诺
Europe/Sarajevo BA Sarajevo 萨拉热窝
Europe/Saratov RU Saratov 萨拉托夫
Europe/Simferopol UA Simferopol 辛菲罗波尔
Europe/Skopje MK Skopje 斯科普里
Europe/Sofia BG Sofia 索非亚
Europe/Stockholm SE Stockholm 斯德哥尔摩, Gothenburg/Göteborg 哥德堡, Malmö 马尔默, Uppsala 乌普萨拉
Europe/Tallinn EE Tallinn 塔林
Europe/Tirane AL Tirana 地拉那
Europe/Ulyanovsk RU Ulyanovsk 乌里扬诺夫斯克
Europe/Vaduz LI Vaduz 瓦杜兹
Europe/Vatican VA Vatican City 梵蒂冈城
Europe/Vienna AT Vienna/Wien 维也纳, Graz 格拉茨
Europe/Vilnius LT Vilnius 维尔纽斯
Europe/Volgograd RU Volgograd 伏尔加格勒
Europe/Warsaw PL Warsaw/Warszawa 华沙, Kraków/Cracow 克拉科夫, Wrocław/Wroclaw 弗罗茨瓦夫, Gdańsk 格但斯克, Poznań 波兹南
Europe/Zagreb HR Zagreb 萨格勒布
Europe/Zurich CH Zurich/Zürich/Zuerich 苏黎世, Geneva/Genève 日内瓦, Basel 巴塞尔, Lausanne 洛桑, Bern 伯尔尼
Indian/Antananarivo MG Antananarivo 塔那那利佛
Indian/Chagos IO Chagos 查戈斯
Indian/Christmas CX Christmas Island 圣诞岛
Indian/Cocos CC Cocos Islands 科科斯群岛
Indian/Comoro KM Moroni 莫罗尼
Indian/Kerguelen TF Kerguelen 凯尔盖朗
Indian/Mahe SC Victoria/Mahé 维多利亚/马埃岛
Indian/Maldives MV Malé 马累
Indian/Mauritius MU Port Louis/Mauritius 路易港/毛里求斯
Indian/Mayotte YT Mayotte 马约特
Indian/Reunion RE Réunion 留尼汪
Pacific/Apia WS Apia 阿皮亚
Pacific/Auckland NZ Auckland 奥克兰, Wellington 惠灵顿, Christchurch 克赖斯特彻奇/基督城
Pacific/Bougainville PG Bougainville 布干维尔
Pacific/Chatham NZ Chatham 查塔姆
Pacific/Chuuk FM Chuuk/Truk 丘克/特鲁克
Pacific/Easter CL Easter Island/Rapa Nui 复活节岛
Pacific/Efate VU Port Vila/Efate 维拉港/埃法特
Pacific/Fakaofo TK Fakaofo 法考福
Pacific/Fiji FJ Suva/Fiji 苏瓦/斐济
Pacific/Funafuti TV Funafuti 富纳富提
Pacific/Galapagos EC Galápagos 加拉帕戈斯/科隆群岛
Pacific/Gambier PF Gambier 甘比尔
Pacific/Guadalcanal SB Honiara/Guadalcanal 霍尼亚拉/瓜达尔卡纳尔
Pacific/Guam GU Guam/Hagåtña 关岛
Pacific/Honolulu US Honolulu/Hawaii 檀香山/火奴鲁鲁/夏威夷
Pacific/Kanton KI Kanton/Enderbury 坎顿岛
Pacific/Kiritimati KI Kiritimati 基里蒂马蒂/圣诞岛
Pacific/Kosrae FM Kosrae 科斯雷
Pacific/Kwajalein MH Kwajalein 夸贾林
Pacific/Majuro MH Majuro 马朱罗
Pacific/Marquesas PF Marquesas 马克萨斯
Pacific/Midway UM Midway 中途岛
Pacific/Nauru NR Nauru 瑙鲁
Pacific/Niue NU Niue 纽埃
Pacific/Norfolk NF Norfolk Island 诺福克岛
Pacific/Noumea NC Nouméa 努美阿
Pacific/Pago_Pago AS Pago Pago 帕果帕果
Pacific/Palau PW Ngerulmud/Palau 恩吉鲁穆德/帕劳
Pacific/Pitcairn PN Pitcairn 皮特凯恩
Pacific/Pohnpei FM Pohnpei/Ponape 波纳佩
Pacific/Port_Moresby PG Port Moresby 莫尔兹比港
Pacific/Rarotonga CK Rarotonga 拉罗汤加
Pacific/Saipan MP Saipan 塞班
Pacific/Tahiti PF Papeete/Tahiti 帕皮提/塔希提/大溪地
Pacific/Tarawa KI Tarawa 塔拉瓦
Pacific/Tongatapu TO Nukuʻalofa/Tongatapu 努库阿洛法/汤加塔布
Pacific/Wake UM Wake Island 威克岛
Pacific/Wallis WF Wallis 瓦利斯
UTC 001 Coordinated Universal Time/UTC/GMT 协调世界时/世界标准时间
`;

/** All the cities, zone by zone; the first of a zone is the one to name it by. */
export const CITIES: readonly City[] = TABLE.trim().split('\n').flatMap(readLine);

function readLine(line: string): City[] {
  const [, zone = '', country = '', cities = ''] = /^(\S+) (\S+) (.+)$/.exec(line) ?? [];
  // A comma ends a city only after its Chinese name: 'Washington, D.C. 华盛顿, Boston 波士顿'.
  return cities.split(/(?<=\p{Script=Han}), /u).map((city) => {
    const start = city.search(/\p{Script=Han}/u);
    return { zone, country, en: names(city.slice(0, start)), zh: names(city.slice(start)) };
  });
}

function names(text: string): [string, ...string[]] {
  return text.trim().split('/') as [string, ...string[]];
}
