"""Lists in the shapes in which school systems write them; the people in them are invented."""

from __future__ import annotations

SIMS = """Pupils of the Example School,,,,,,,,,,,,,,,
Admission No,UPN,Legal Surname,Legal Forename,Preferred Name,Date of Birth,Gender,Year Group,Reg Group,Enrolment Status,SEN Status,Pupil Premium,EAL,Looked After,School,Site
00101,H801200001001,Ward,Thomas,Tom,02/03/2015,M,Year 7,7A,Single Registration,N,F,F,F,Example School,Main
00102,,Okafor-Bright,Zoë,Zoë,14/11/2014,F,Year 7,7B,Single Registration,K,T,F,T,Example School,Main
00103,,Quill,Ida,,01/09/2012,F,Year 9,9A,Leaver,N,F,F,F,Example School,Main
00104,,Early,Bea,,01/09/2021,F,Reception,RA,Applicant,N,F,F,F,Example School,Main
"""

CONTACTS = """ID,Forename,Surname,ID,Priority,Parental responsibility,Lives with Pupil,Title,Forename,Surname,Home Email,Main Telephone,Primary Email,Mobile number,ID,Class Name
11,Tom,Ward,501,1,T,T,Mrs,Joanne,Hill,,01632 960001,jo.hill@example.org,07700 900001,71,7A
11,Tom,Ward,502,2,T,F,Mr,Daniel,Ward,,,dan.ward@example.org,07700 900002,71,7A
11,Tom,Ward,503,3,F,F,Mrs,Rose,Ward,,01632 960003,,,71,7A
12,Ana,Ward,501,1,T,T,Mrs,Joanne,Hill,,01632 960001,jo.hill@example.org,07700 900001,72,4B
12,Ana,Ward,502,2,T,F,Mr,Daniel,Ward,,,dan.ward@example.org,07700 900002,72,4B
"""

SHORT = """Forename;Surname;Email;UPN;Year;Reg
Tom;Ward;tom@pupils.example.org;H801200001001;7;7A
Zoë;Okafor-Bright;zoe@pupils.example.org;;07;7B
"""

ARBOR = """"Globally Unique Student ID","Arbor Student ID","Legal First Name","Legal Last Name","Sex","Year group(s) this academic year","Date of Birth","Courses/classes","SEN status"
"G-1","901","Thomas","Ward","M","Year 7","02/03/2015","7A","None"
"G-2","902","Zoë","Okafor-Bright","F","Year 7","14/11/2014","7B","SEN support"
"""

ISAMS = """Id\tUPN\tULN\tAD Username\tTitle\tName Initials\tForename\tMiddle Names\tSurname\tPreferred Name\tDOB\tGender\tNationality\tNC Year\tForm/Tutor Group\tTutor\tAcademic House\tBoarding House\tEnquiry Date\tLeaving Date\tLeaving Reason\tSchool Email Address\tMobile Number
1\tH801200001001\t\ttward\tMaster\tTJW\tThomas\tJames\tWard\tTom\t2 Mar 2015\tM\tBritish\t7\t7A\tMr Moss\tOak\t\t\t\t\ttward@example.org\t
2\t\t\tiquill\tMiss\tIQ\tIda\t\tQuill\t\t01-Sep-12\tF\tBritish\t9\t9A\tMs Reed\tElm\t\t\t15/07/2026\tMoved\tiquill@example.org\t
"""

SCHOOLCOMMS = """1500, Vince, Ancram, 1A, 1, 1
1501, Mabel, Ancram, 3B, 3, 1
2001, Noor, Reed, , , 2
"""

PARENT_FORM = """Parent First Name,Parent Surname,Parent DOB,Child First Name,Child Surname,Child Date of Birth,Child School URN
Joanne,Hill,01/02/1985,Thomas,Ward,02/03/2015,999999
Joanne,Hill,01/02/1985,Ana,Ward,05/06/2018,999999
"""

TWO_PARENTS = """Pupil Name,DOB,Class,Parent 1 Title,Parent 1 Forename,Parent 1 Surname,Parent 1 Email,Parent 1 Address,Parent 1 PR,Parent 2 Title,Parent 2 Forename,Parent 2 Surname,Parent 2 Email,Parent 2 PR
"Ward, Thomas",02/03/15,7A,Mrs,Joanne,Hill,jo.hill@example.org,"4 Mill Lane, Exampleton, EX1 1EX",Yes,Mr,Daniel,Ward,dan.ward@example.org,Yes
"Okafor-Bright, Zoë",14/11/14,7B,Dr,Ngozi,Okafor,ngozi@example.org,,Yes,,,,,
"""

STAFF = """Staff Code,Title,Forename,Surname,Job Title,Work Email,Start Date,End Date
NRE,Ms,Noor,Reed,Teacher of Science,noor.reed@example.org,01/09/2019,
TMO,Mr,Theo,Moss,Bursar,theo.moss@example.org,01/01/2015,31/08/2026
"""

TRANSFER_FILE = """<?xml version="1.0" encoding="utf-8"?>
<CTfile><Header><DocumentName>Common Transfer File</DocumentName><CTFversion>22.0</CTFversion></Header>
<CTFpupilData>
<Pupil><UPN>H801200001001</UPN><Surname>Ward</Surname><Forename>Thomas</Forename><DOB>2015-03-02</DOB><Gender>M</Gender>
<BasicDetails><PreferredForename>Tom</PreferredForename><FormerSurname>Hill</FormerSurname><NCyearActual>7</NCyearActual></BasicDetails>
<LookedAfter><InCare>true</InCare></LookedAfter>
<Contacts><Contact><Order>1</Order><Title>Mrs</Title><Surname>Hill</Surname><Forename>Joanne</Forename><Relationship>MOT</Relationship>
<Responsibility>true</Responsibility><AddressAsPupil>true</AddressAsPupil><Phones><Phone><TelephoneType>M</TelephoneType><PhoneNo>07700 900001</PhoneNo></Phone></Phones></Contact></Contacts></Pupil>
<Pupil><UPN></UPN><Surname>Okafor-Bright</Surname><Forename>Zoë</Forename><DOB>2014-11-14</DOB></Pupil>
</CTFpupilData></CTfile>
"""
