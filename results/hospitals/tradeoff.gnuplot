$curve0 << END
1 76.8197 75.2884 78.351
2 77.3443 76.4981 78.1905
4 78.0164 77.6881 78.3447
8 77.9508 77.7722 78.1295
END
$line0 << END
0.8 78.0328 78.0328 78.0328
10 78.0328 78.0328 78.0328
END
$curve1 << END
1 71.5574 69.3055 73.8092
2 72.1967 71.2579 73.1355
4 72.7049 72.3008 73.109
8 72.7377 72.4924 72.983
END
$line1 << END
0.8 78.0328 78.0328 78.0328
10 78.0328 78.0328 78.0328
END
$curve2 << END
1 60.2131 58.2886 62.1376
2 57.1803 56.9981 57.3626
4 57.082 57.0133 57.1506
8 57.0492 57.0492 57.0492
END
$line2 << END
0.8 72.459 72.459 72.459
10 72.459 72.459 72.459
END
$curve3 << END
1 58.9508 57.4903 60.4113
2 57.1311 57.0467 57.2156
4 57.0492 57.0492 57.0492
8 57.0492 57.0492 57.0492
END
$line3 << END
0.8 58.3607 58.3607 58.3607
10 58.3607 58.3607 58.3607
END
$curve4 << END
1 82.2131 81.8948 82.5314
2 82.8033 82.5726 83.034
4 82.8525 82.7648 82.9401
8 82.918 82.8494 82.9867
END
$line4 << END
0.8 84.2623 84.2623 84.2623
10 84.2623 84.2623 84.2623
END
$curve5 << END
1 81.7049 81.311 82.0988
2 82.377 82.0255 82.7286
4 82.623 82.2745 82.9714
8 82.7705 82.5143 83.0267
END
$line5 << END
0.8 81.9672 81.9672 81.9672
10 81.9672 81.9672 81.9672
END
set encoding utf8
set style line 1 linecolor rgb "#0072B2" linewidth 2 pointtype 7 pointsize 0.7
set style line 2 linecolor rgb "#D55E00" linewidth 2 pointtype 5 pointsize 0.7
set style line 3 linecolor rgb "#009E73" linewidth 2 pointtype 9 pointsize 0.8
set style line 4 linecolor rgb "#CC79A7" linewidth 2 pointtype 11 pointsize 0.8
set style line 5 linecolor rgb "#E69F00" linewidth 2 pointtype 13 pointsize 0.8
set style line 9 linecolor rgb "#333333" linewidth 2
set border 3 linecolor rgb "#333333"
set tics nomirror out scale 0.6
set grid ytics linecolor rgb "#BBBBBB" linewidth 0.7
set logscale x
set xrange [0.8:10]
set xtics ("1" 1, "2" 2, "4" 4, "8" 8)
set offsets 0, 0, graph 0.06, graph 0.04
set xlabel "Privacy loss ε (upper bound, δ = 10^{-5})\n{/*0.7 example level, add-or-remove-one, everyone, pld accountant}\n{/*0.7 points: mean of 20 with 95 % interval; dashed: no privacy}"
set ylabel "Test accuracy (%)"
set key below horizontal opaque samplen 2.5 spacing 1.2
plot $curve0 using 1:2:3:4 with yerrorlines linestyle 1 title "Cleveland alone", \
     $line0 using 1:2 with lines linestyle 1 dashtype 2 notitle, \
     $curve1 using 1:2:3:4 with yerrorlines linestyle 2 title "Hungary alone", \
     $line1 using 1:2 with lines linestyle 2 dashtype 2 notitle, \
     $curve2 using 1:2:3:4 with yerrorlines linestyle 3 title "VA Long Beach alone", \
     $line2 using 1:2 with lines linestyle 3 dashtype 2 notitle, \
     $curve3 using 1:2:3:4 with yerrorlines linestyle 4 title "Switzerland alone", \
     $line3 using 1:2 with lines linestyle 4 dashtype 2 notitle, \
     $curve4 using 1:2:3:4 with yerrorlines linestyle 5 title "pooled", \
     $line4 using 1:2 with lines linestyle 5 dashtype 2 notitle, \
     $curve5 using 1:2:3:4 with yerrorlines linestyle 1 title "federated", \
     $line5 using 1:2 with lines linestyle 1 dashtype 2 notitle
